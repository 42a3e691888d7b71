import { Button, Drawer, Input, Select } from 'antd';
import { FolderPlus, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/api/client';
import { useDepartments, useMembers } from '@/api/queries';
import { refreshTeam } from '@/api/team';
import type { Body, Department } from '@/api/types';
import { useCan } from '@/app/session';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Sure } from '@/components/Sure';
import { usePhone } from '@/lib/media';
import { say, sayFailure } from '@/lib/notify';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { FormRow } from '../FormRow';
import { departmentOptions } from './MembersTab';

/** Each department with its level, children right below their parent. */
export function flat(rows: readonly Department[]): { row: Department; depth: number }[] {
  const out: { row: Department; depth: number }[] = [];
  const walk = (parent: number | null, depth: number) => {
    for (const row of rows)
      if (row.parent_id === parent) {
        out.push({ row, depth });
        walk(row.id, depth + 1);
      }
  };
  walk(null, 0);
  return out;
}

function within(rows: readonly Department[], id: number): Set<number> {
  const found = new Set([id]);
  for (const { row } of flat(rows)) if (row.parent_id !== null && found.has(row.parent_id)) found.add(row.id);
  return found;
}

/** A new department below another, or one that is renamed, moved, given a head. */
function Editor({
  row,
  parent,
  rows,
  close,
}: {
  row: Department | null;
  parent: number | null;
  rows: Department[];
  close: () => void;
}) {
  const phone = usePhone();
  const members = useMembers();
  const [name, setName] = useState(row?.name ?? '');
  const [above, setAbove] = useState(row ? row.parent_id : parent);
  const [head, setHead] = useState<number | null>(row?.head?.id ?? null);
  const inside = row ? within(rows, row.id) : new Set<number>();
  const { busy, submit, sentence } = useSubmit(async () => {
    if (row) {
      const change: Body<'DepartmentPatch'> = { name: name.trim(), head_id: head };
      if (above !== row.parent_id) change.parent_id = above;
      await api.patch(`/departments/${row.id}`, change);
    } else await api.post('/departments', { name: name.trim(), parent_id: above });
    refreshTeam();
    say(t('common.saved'));
    close();
  });
  return (
    <Drawer
      open
      title={row ? row.name : t('team.department_new')}
      onClose={close}
      size={phone ? '100%' : 440}
      footer={
        <div className="team-foot">
          <Button type="primary" loading={busy} disabled={!name.trim()} onClick={() => void submit()}>
            {t('common.save')}
          </Button>
          <Button onClick={close}>{t('common.cancel')}</Button>
        </div>
      }
    >
      <div className="me-form">
        <FormRow label={t('team.department_name')} error={sentence}>
          <Input autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </FormRow>
        {row?.parent_id === null ? null : (
          <FormRow label={t('team.department_above')}>
            <Select
              value={above}
              onChange={setAbove}
              labelRender={(one) => String(one.label).trim()}
              options={departmentOptions(rows).filter((one) => !inside.has(one.value))}
            />
          </FormRow>
        )}
        {row ? (
          <FormRow label={t('team.head')} hint={t('team.head_hint')}>
            <Select
              allowClear
              showSearch
              optionFilterProp="label"
              placeholder={t('team.head_none')}
              value={head}
              onChange={(next) => setHead(next ?? null)}
              options={(members.data?.items ?? [])
                .filter((one) => one.active)
                .map((one) => ({ value: one.id, label: one.name }))}
            />
          </FormRow>
        ) : null}
      </div>
    </Drawer>
  );
}

/** The tree of departments with heads and how many work in each. */
export function DepartmentsTab() {
  const query = useDepartments();
  const adds = useCan('department.add');
  const removes = useCan('department.remove');
  const [editing, setEditing] = useState<{ row: Department | null; parent: number | null } | null>(null);
  if (query.error) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={6} height={52} />;
  const rows = query.data.items;
  const remove = async (row: Department) => {
    try {
      await api.delete(`/departments/${row.id}`);
      say(t('team.department_removed', { name: row.name }));
      refreshTeam();
    } catch (failure) {
      sayFailure(failure);
    }
  };
  return (
    <>
      <ul className="sheet team-table">
        {flat(rows).map(({ row, depth }) => (
          <li className="team-row team-department" key={row.id}>
            <span className="team-words" style={{ paddingLeft: depth * 24 }}>
              <b className="cut">{row.name}</b>
              <span className="meta">
                {[
                  t('team.members_n', { n: row.members }),
                  row.head ? t('team.headed', { name: row.head.name }) : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {adds ? (
              <button
                type="button"
                className="icon-act"
                title={t('team.department_below', { name: row.name })}
                aria-label={t('team.department_below', { name: row.name })}
                onClick={() => setEditing({ row: null, parent: row.id })}
              >
                <FolderPlus size={16} strokeWidth={1.6} />
              </button>
            ) : null}
            <button
              type="button"
              className="icon-act"
              title={t('common.edit')}
              aria-label={`${t('common.edit')} ${row.name}`}
              onClick={() => setEditing({ row, parent: row.parent_id })}
            >
              <Pencil size={16} strokeWidth={1.6} />
            </button>
            {removes && row.parent_id !== null ? (
              <Sure className="icon-act" what={t('common.delete')} of={row.name} run={() => void remove(row)}>
                <Trash2 size={16} strokeWidth={1.6} />
              </Sure>
            ) : (
              <span className="icon-act" aria-hidden="true" />
            )}
          </li>
        ))}
      </ul>
      {editing ? (
        <Editor
          key={`${editing.row?.id}-${editing.parent}`}
          {...editing}
          rows={rows}
          close={() => setEditing(null)}
        />
      ) : null}
    </>
  );
}
