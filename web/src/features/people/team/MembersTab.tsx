import { Button, Checkbox, Input, Select } from 'antd';
import { Search, UserPlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { api } from '@/api/client';
import { useDepartments } from '@/api/queries';
import { refreshTeam, type TeamMember, useInvitations, useTeam } from '@/api/team';
import type { Department } from '@/api/types';
import { useCan } from '@/app/session';
import { Avatar } from '@/components/Avatar';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Sure } from '@/components/Sure';
import { say, sayFailure } from '@/lib/notify';
import { roleName, useRoles } from '@/lib/roles';
import { formatAgo, formatDay } from '@/lib/time';
import { t } from '@/locales';

const MemberDrawer = lazy(async () => ({ default: (await import('./MemberDrawer')).MemberDrawer }));
const InviteDrawer = lazy(async () => ({ default: (await import('./InviteDrawer')).InviteDrawer }));

function Row({
  row,
  department,
  picked,
  pick,
  open,
}: {
  row: TeamMember;
  department: string;
  picked: boolean;
  pick: (() => void) | null;
  open: () => void;
}) {
  return (
    <li className="team-row" data-off={!row.active || undefined}>
      {pick ? (
        <Checkbox checked={picked} onChange={pick} aria-label={t('team.pick', { name: row.name })} />
      ) : null}
      <button type="button" className="plain team-person" onClick={open}>
        <Avatar name={row.name} size={30} />
        <span className="team-words">
          <b className="cut">{row.name}</b>
          <span className="meta cut">{row.account}</span>
        </span>
        <span className="team-cell cut">{department}</span>
        <span className="team-cell cut">
          {row.roles.map(roleName).join(t('common.list')) || t('team.no_role')}
        </span>
        <span className="team-cell meta">
          {row.active
            ? row.last_login_at
              ? t('team.last_login', { when: formatAgo(row.last_login_at) })
              : t('team.never')
            : t('people.inactive')}
        </span>
      </button>
    </li>
  );
}

/** Departments with a step to the right for each level above them. */
export const departmentOptions = (rows: readonly Department[]) => {
  const depth = new Map<number, number>();
  for (const row of rows) depth.set(row.id, row.parent_id === null ? 0 : (depth.get(row.parent_id) ?? 0) + 1);
  return rows.map((row) => ({ value: row.id, label: `${'　'.repeat(depth.get(row.id) ?? 0)}${row.name}` }));
};

function MoveBar({ ids, done }: { ids: number[]; done: () => void }) {
  const departments = useDepartments();
  const [to, setTo] = useState<number | null>(null);
  const move = async () => {
    try {
      const { moved } = await api.post<{ moved: number }>('/team/members/move', { ids, department_id: to });
      const name = departments.data?.items.find((one) => one.id === to)?.name ?? '';
      say(t('team.moved', { n: moved, name }));
      refreshTeam();
      done();
    } catch (failure) {
      sayFailure(failure);
    }
  };
  return (
    <div className="team-bar" role="toolbar">
      <b>{t('team.picked', { n: ids.length })}</b>
      <Select
        className="team-to"
        placeholder={t('team.move_to')}
        value={to}
        onChange={setTo}
        labelRender={(one) => String(one.label).trim()}
        options={departmentOptions(departments.data?.items ?? [])}
      />
      <Button type="primary" disabled={to === null} onClick={() => void move()}>
        {t('team.move')}
      </Button>
      <button type="button" className="act" onClick={done}>
        {t('common.cancel')}
      </button>
    </div>
  );
}

function Invitations() {
  const open = useInvitations(useCan('member.uninvite'));
  const withdraw = async (id: number) => {
    try {
      await api.delete(`/team/invitations/${id}`);
      refreshTeam();
    } catch (failure) {
      sayFailure(failure);
    }
  };
  if (!open.data?.length) return null;
  return (
    <section className="team-block">
      <h2>{t('team.invitations')}</h2>
      <ul className="sheet team-table">
        {open.data.map((one) => (
          <li className="team-row" key={one.id}>
            <span className="team-words">
              <b className="cut">{one.name || one.account}</b>
              <span className="meta">
                {t('team.invited', { role: roleName(one.role), by: one.by, when: formatDay(one.expires_at) })}
              </span>
            </span>
            <Sure what={t('team.uninvite')} run={() => void withdraw(one.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Everybody with department, roles and last login; several at once into another department. */
export function MembersTab() {
  const team = useTeam();
  const departments = useDepartments();
  useRoles();
  const invites = useCan('member.invite');
  const moves = useCan('member.move');
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const [open, setOpen] = useState<TeamMember | 'invite' | null>(null);
  const place = (id: number | null) => departments.data?.items.find((one) => one.id === id)?.name ?? '—';
  const toggle = (id: number) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  };
  if (team.error) return <ErrorState failure={team.error} retry={() => void team.refetch()} />;
  const wanted = text.trim().toLowerCase();
  const rows = (team.data ?? []).filter((row) =>
    [row.name, row.account, place(row.department_id), ...row.roles.map(roleName)].some((word) =>
      word.toLowerCase().includes(wanted),
    ),
  );
  return (
    <>
      <div className="team-tools">
        <Input
          className="team-find"
          prefix={<Search size={15} strokeWidth={1.6} />}
          placeholder={t('team.find')}
          value={text}
          allowClear
          onChange={(event) => setText(event.target.value)}
        />
        {invites ? (
          <Button
            type="primary"
            icon={<UserPlus size={16} strokeWidth={1.6} />}
            onClick={() => setOpen('invite')}
          >
            {t('people.invite')}
          </Button>
        ) : null}
      </div>
      {picked.size ? <MoveBar ids={[...picked]} done={() => setPicked(new Set())} /> : null}
      {team.data ? null : <SkeletonRows rows={8} height={56} />}
      {team.data && !rows.length ? <EmptyState title={t('team.nobody')} /> : null}
      {rows.length ? (
        <ul className="sheet team-table">
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              department={place(row.department_id)}
              picked={picked.has(row.id)}
              pick={moves ? () => toggle(row.id) : null}
              open={() => setOpen(row)}
            />
          ))}
        </ul>
      ) : null}
      <Invitations />
      <Suspense fallback={null}>
        {open === 'invite' ? <InviteDrawer close={() => setOpen(null)} /> : null}
        {open && open !== 'invite' ? (
          <MemberDrawer row={open} close={() => setOpen(null)} key={open.id} />
        ) : null}
      </Suspense>
    </>
  );
}
