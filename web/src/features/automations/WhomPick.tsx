import { Select } from 'antd';
import type { Offered, Who, Whom } from '@/api/automations';
import { useDepartments, useMembers } from '@/api/queries';
import { words } from '@/lib/names';
import { t } from '@/locales';

const WHO: readonly Who[] = ['owner', 'supervisor', 'member', 'department', 'role', 'group'];

/** Who gets it: the owner, his supervisor, somebody, a department, or the holders of a role. */
export function WhomPick({
  value,
  set,
  offered,
  customer,
  group = false,
}: {
  value: Whom;
  set: (to: Whom) => void;
  offered: Offered;
  /** Is there a customer whose owner it could be? */
  customer: boolean;
  /** May it go to the department's chat group? */
  group?: boolean;
}) {
  const members = useMembers().data?.items ?? [];
  const departments = useDepartments().data?.items ?? [];
  const { who, id, role } = value;
  const find = { optionFilterProp: 'label' } as const;
  const room = (
    <Select<number>
      aria-label={t('automations.department')}
      placeholder={t(who === 'role' ? 'automations.any_department' : 'automations.choose')}
      allowClear={who === 'role'}
      value={id ?? null}
      showSearch={find}
      popupMatchSelectWidth={false}
      options={departments.map((one) => ({ value: one.id, label: one.name }))}
      onChange={(next: number | undefined) => set({ ...value, id: next })}
    />
  );
  return (
    <span className="au-whom">
      <Select<Who>
        aria-label={t('automations.whom')}
        value={who}
        popupMatchSelectWidth={false}
        options={WHO.filter(
          (one) => (customer || !['owner', 'supervisor'].includes(one)) && (group || one !== 'group'),
        ).map((one) => ({
          value: one,
          label: t(`automations.who_${one}`),
        }))}
        onChange={(next) => set({ who: next })}
      />
      {who === 'member' ? (
        <Select<number>
          aria-label={t('automations.who_member')}
          placeholder={t('automations.choose')}
          value={id ?? null}
          showSearch={find}
          popupMatchSelectWidth={false}
          options={members.filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }))}
          onChange={(next) => set({ who, id: next })}
        />
      ) : null}
      {who === 'department' ? room : null}
      {who === 'role' ? (
        <>
          {room}
          <Select
            aria-label={t('automations.who_role')}
            placeholder={t('automations.choose')}
            value={role ?? null}
            popupMatchSelectWidth={false}
            options={offered.roles.map((one) => ({ value: one.key, label: words(one) }))}
            onChange={(next: string) => set({ ...value, role: next })}
          />
        </>
      ) : null}
    </span>
  );
}
