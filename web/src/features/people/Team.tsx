import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { api } from '@/api/client';
import { useDepartments, useMembers } from '@/api/queries';
import type { Body, Invitation } from '@/api/types';
import { useMe } from '@/app/session';
import { Avatar } from '@/components/Avatar';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { roleName, useRoles } from '@/lib/roles';
import { formatWhen } from '@/lib/time';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { CopyLine } from './CopyLine';
import { FormRow } from './FormRow';
import { Section } from './Section';

/** A link for one more colleague; `bare` where a title stands above already. */
export function Invite({ bare = false }: { bare?: boolean }) {
  const { member } = useMe();
  const departments = useDepartments();
  const roles = useRoles();
  const [name, setName] = useState('');
  const [role, setRole] = useState('rep');
  const [department, setDepartment] = useState<number | null>(member.department?.id ?? null);
  const [made, setMade] = useState<{ name: string; invitation: Invitation } | null>(null);
  const { busy, submit, sentence } = useSubmit(async () => {
    const body: Body<'InvitationIn'> = { name: name.trim(), role, department_id: department };
    setMade({ name: name.trim(), invitation: await api.post<Invitation>('/invitations', body) });
    setName('');
  });
  return (
    <form
      className="me-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {bare ? null : <b>{t('people.invite')}</b>}
      <div className="me-pair">
        <FormRow label={t('people.me_name')}>
          <Input value={name} onChange={(event) => setName(event.target.value)} />
        </FormRow>
        <FormRow label={t('people.invite_role')}>
          <Select
            value={role}
            onChange={setRole}
            options={(roles.data ?? []).map((one) => ({ value: one.key, label: words(one) }))}
          />
        </FormRow>
      </div>
      <FormRow label={t('people.me_department')} error={sentence}>
        <Select
          value={department}
          onChange={setDepartment}
          options={(departments.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
        />
      </FormRow>
      <Button htmlType="submit" loading={busy} disabled={!name.trim() || department === null}>
        {t('people.invite_do')}
      </Button>
      {made ? (
        <CopyLine
          what={t('people.invite_link', { name: made.name, when: formatWhen(made.invitation.expires_at) })}
          text={made.invitation.link}
        />
      ) : null}
    </form>
  );
}

/** Who is in the team, and the link for one more. */
export function Team() {
  const { verbs } = useMe();
  const members = useMembers();
  useRoles();
  const departments = useDepartments();
  const department = (id: number | null) => departments.data?.items.find((one) => one.id === id)?.name;
  const mayInvite = verbs.includes('member.invite');
  return (
    <Section title={t('people.members')}>
      {members.data ? null : <SkeletonRows rows={2} />}
      <ul className="me-members me-people">
        {(members.data?.items ?? []).map((one) => (
          <li key={one.id}>
            <Avatar name={one.name} size={28} />
            <span>
              {one.name}
              <span className="meta">
                {[
                  department(one.department_id),
                  ...one.roles.map(roleName),
                  one.active ? '' : t('people.inactive'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {mayInvite ? <Invite /> : null}
    </Section>
  );
}
