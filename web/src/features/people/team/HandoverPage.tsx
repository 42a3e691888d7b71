import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '@/api/client';
import { refreshWork } from '@/api/queries';
import { type HandoverPreview, refreshTeam, TEAM } from '@/api/team';
import type { Body, Named } from '@/api/types';
import { sayWithUndo } from '@/components/batch/undo';
import { ClassBadge } from '@/components/ClassBadge';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { shortFirm } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { formatWhen } from '@/lib/time';
import { type Key, t } from '@/locales';
import { FormRow } from '../FormRow';

interface Wish {
  member_ids: number[];
  chosen: { customer_id: number; member_id: number }[];
  drafts: boolean;
}

/** What there is of his; once somebody is chosen, who gets what. Nothing is written. */
function usePreview(id: number, wish: Wish) {
  const path = `/members/${id}/handover`;
  return useQuery({
    queryKey: [...TEAM, 'handover', id, wish],
    queryFn: () =>
      wish.member_ids.length
        ? api.post<HandoverPreview>(`${path}/preview`, wish)
        : api.get<HandoverPreview>(path),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Before = after: what goes along, and what stays or ends. */
function Counts({ data }: { data: HandoverPreview }) {
  const some = data.counts.filter((row) => row.number || row.key === 'customers');
  const lines = (moves: boolean) =>
    some
      .filter((row) => row.moves === moves)
      .map((row) => (
        <li key={row.key}>
          <span>
            {t(`team.hand_${row.key}` as Key)}
            <span className="meta"> {t(`team.hand_${row.key}_note` as Key)}</span>
          </span>
          <b>{row.number}</b>
        </li>
      ));
  const stays = lines(false);
  return (
    <section className="sheet hand-part">
      <h2>{t('team.hand_moves')}</h2>
      <ul className="hand-counts">{lines(true)}</ul>
      {stays.length ? (
        <>
          <h2>{t('team.hand_stays')}</h2>
          <ul className="hand-counts">{stays}</ul>
        </>
      ) : null}
      <p className="hand-note second">{t('team.hand_kept', { name: data.member.name })}</p>
    </section>
  );
}

function Customers({
  data,
  successors,
  choose,
}: {
  data: HandoverPreview;
  successors: Named[];
  choose: (customer: number, member: number) => void;
}) {
  const { label } = useLabels();
  return (
    <section className="sheet hand-part hand-list">
      <h2>{t('team.hand_list', { n: data.total })}</h2>
      {data.customers.length ? null : (
        <p className="second">{t('team.hand_list_none', { name: data.member.name })}</p>
      )}
      <ul className="hand-customers">
        {data.customers.map((row) => (
          <li key={row.id}>
            <ClassBadge value={row.intent_class} />
            <span className="team-words">
              <span className="cut">{row.name}</span>
              <span className="meta">
                {[label('stage', row.stage), row.region].filter(Boolean).join(' · ')}
              </span>
            </span>
            {successors.length ? (
              <Select
                className="hand-to"
                aria-label={t('team.hand_to', { name: row.name })}
                value={row.to}
                onChange={(to) => to !== null && choose(row.id, to)}
                options={successors.map((one) => ({ value: one.id, label: one.name }))}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {data.total > data.customers.length ? (
        <p className="second">{t('team.hand_more', { n: data.total - data.customers.length })}</p>
      ) : null}
    </section>
  );
}

function Receivers({
  data,
  wish,
  setIds,
}: {
  data: HandoverPreview;
  wish: Wish;
  setIds: (ids: number[]) => void;
}) {
  return (
    <>
      <FormRow
        label={t('team.hand_who')}
        hint={t(data.anywhere ? 'team.hand_who_hint' : 'ownership.only_yours')}
      >
        <Select
          mode="multiple"
          optionFilterProp="label"
          placeholder={t('team.hand_who_none')}
          value={wish.member_ids}
          onChange={setIds}
          options={data.receivers.map((one) => ({ value: one.id, label: one.name }))}
        />
      </FormRow>
      {data.people.length ? (
        <ul className="hand-people">
          {data.people.map((one) => (
            <li key={one.id}>
              <b>{one.name}</b>
              <span>{t('team.hand_gets', { n: one.gets })}</span>
              <span className="meta">{t('team.hand_load', { from: one.open, to: one.open + one.gets })}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** What he has begun to write on his customers: passed on or kept, listed without a word of it. */
function Drafts({
  data,
  wish,
  setWish,
  people,
}: {
  data: HandoverPreview;
  wish: Wish;
  setWish: (wish: Wish) => void;
  people: Named[];
}) {
  const whose = (to: number | null) => people.find((one) => one.id === to)?.name ?? data.member.name;
  return (
    <div className="hand-drafts">
      <Checkbox
        checked={wish.drafts}
        onChange={(event) => setWish({ ...wish, drafts: event.target.checked })}
      >
        {t('team.hand_pass_drafts', { n: data.drafts.length })}
      </Checkbox>
      <ul>
        {data.drafts.map((one) => (
          <li key={`${one.customer.id} ${one.saved_at}`}>
            <span className="cut">{shortFirm(one.customer.name)}</span>
            <span className="meta">
              {formatWhen(one.saved_at)} → {whose(one.to)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** 离职交接: who takes over what, before and after, and one button that does it all at once. */
export function HandoverPage({ id }: { id: number }) {
  const navigate = useNavigate();
  const [wish, setWish] = useState<Wish>({ member_ids: [], chosen: [], drafts: false });
  const [leave, setLeave] = useState(true);
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const preview = usePreview(id, wish);
  if (preview.error && !preview.data)
    return <ErrorState failure={preview.error} retry={() => void preview.refetch()} />;
  if (!preview.data) return <SkeletonRows rows={8} height={56} />;
  const data = preview.data;
  const { name } = data.member;
  const people = data.receivers;
  const setIds = (ids: number[]) =>
    setWish({ ...wish, member_ids: ids, chosen: wish.chosen.filter((one) => ids.includes(one.member_id)) });
  const choose = (customer_id: number, member_id: number) =>
    setWish({
      ...wish,
      chosen: [...wish.chosen.filter((one) => one.customer_id !== customer_id), { customer_id, member_id }],
    });
  const hand = async () => {
    setBusy(true);
    try {
      const body: Body<'HandOverIn'> = { ...wish, leave, why: why.trim() };
      const { batch, moved, handover_id } = await api.post<{
        batch: string;
        moved: Record<string, number>;
        handover_id: number;
      }>(`/members/${id}/handover`, body);
      refreshTeam();
      refreshWork();
      sayWithUndo(t('team.hand_done', { name, n: moved.customers ?? 0 }), batch, refreshTeam);
      navigate(`/handovers/${handover_id}`, { replace: true });
    } catch (failure) {
      sayFailure(failure);
      setBusy(false);
    }
  };
  return (
    <>
      <Link className="act hand-back" to="/manage/members">
        <ChevronLeft size={17} strokeWidth={1.6} aria-hidden="true" />
        {t('team.nav_members')}
      </Link>
      <h2 className="song hand-title">{t('team.hand_title', { name, n: data.total })}</h2>
      <div className="hand">
        <section className="sheet hand-part hand-do">
          <Receivers data={data} wish={wish} setIds={setIds} />
          <FormRow label={t('team.hand_why')}>
            <Input
              value={why}
              maxLength={300}
              placeholder={t('team.hand_why_hint', { name })}
              onChange={(event) => setWhy(event.target.value)}
            />
          </FormRow>
          {data.member.active ? (
            <Checkbox checked={leave} onChange={(event) => setLeave(event.target.checked)}>
              {t('team.hand_leave')}
            </Checkbox>
          ) : null}
          {data.drafts.length ? <Drafts data={data} wish={wish} setWish={setWish} people={people} /> : null}
          {data.views_to && data.counts.some((row) => row.key === 'views' && row.number) ? (
            <p className="meta">{t('team.hand_views_to', { name: data.views_to })}</p>
          ) : null}
          {data.stuck_reviews ? (
            <p className="amber">{t('team.hand_stuck', { n: data.stuck_reviews })}</p>
          ) : null}
          {preview.error ? <p className="row-error">{preview.error.message}</p> : null}
          <Button
            type="primary"
            block
            loading={busy}
            disabled={!wish.member_ids.length || Boolean(preview.error)}
            onClick={() => void hand()}
          >
            {t(leave && data.member.active ? 'team.hand_do_leave' : 'team.hand_do')}
          </Button>
          <p className="meta">{t('team.hand_hours')}</p>
        </section>
        <Customers
          data={data}
          successors={wish.member_ids.flatMap((pk) => people.filter((one) => one.id === pk))}
          choose={choose}
        />
        <Counts data={data} />
      </div>
    </>
  );
}
