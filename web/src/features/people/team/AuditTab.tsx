import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Download } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { api, buildUrl } from '@/api/client';
import { useMembers } from '@/api/queries';
import type { AuditAsked, AuditRow } from '@/api/team';
import type { Words } from '@/api/types';
import { useCan } from '@/app/session';
import { Avatar } from '@/components/Avatar';
import { DateInput } from '@/components/DateInput';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { More } from '@/components/More';
import { Pick } from '@/components/Pick';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { type Key, t } from '@/locales';

const ASKED = ['member_id', 'event', 'record_type', 'record_id', 'day_from', 'day_to'] as const;

/** Ways in that are worth a word; the browser is not. */
const SOURCES: Record<string, Key> = {
  api: 'team.source_api',
  import: 'team.source_import',
  cli: 'team.source_cli',
  job: 'team.source_job',
};

interface Kind extends Words {
  name: string;
}

function Change({ change }: { change: AuditRow['changes'][number] }) {
  const old = words(change.old);
  const fresh = words(change.new);
  return (
    <div className="audit-change">
      <dt className="meta">{words(change.label)}</dt>
      <dd>
        {old ? <span className="audit-old">{old}</span> : null}
        {old && fresh ? ' → ' : ''}
        {fresh || (old ? '' : '—')}
      </dd>
    </div>
  );
}

function Line({ row }: { row: AuditRow }) {
  const about = row.name && row.name !== row.by?.name ? row.name : '';
  // What stands in the sentence already is not said twice.
  const changes = row.changes.filter((change) => words(change.old) || words(change.new) !== row.name);
  const place = row.customer && row.customer.name !== about ? row.customer : null;
  return (
    <li className="audit-row">
      <span className="meta audit-at">{formatWhen(row.at)}</span>
      <Avatar name={row.by?.name ?? ''} size={24} />
      <div className="audit-words">
        <p>
          <b>{row.by?.name ?? t('team.by_system')}</b> <span>{words(row)}</span>{' '}
          {row.record_type === 'customer' && row.customer?.name ? (
            <Link to={`/customers/${row.record_id}`}>{row.customer.name}</Link>
          ) : (
            <span className="second">{about}</span>
          )}
          {place?.name && row.record_type !== 'customer' ? (
            <>
              {' · '}
              <Link to={`/customers/${place.id}`}>{place.name}</Link>
            </>
          ) : null}
          {row.source in SOURCES && row.by ? (
            <span className="audit-source">{t(SOURCES[row.source] as Key)}</span>
          ) : null}
        </p>
        {changes.length ? (
          <dl>
            {changes.map((change) => (
              <Change key={words(change.label)} change={change} />
            ))}
          </dl>
        ) : null}
        {row.why ? <p className="second">{t('team.audit_why', { why: row.why })}</p> : null}
      </div>
    </li>
  );
}

function Tools({
  asked,
  set,
}: {
  asked: AuditAsked;
  set: (key: keyof AuditAsked, value: string | null) => void;
}) {
  const members = useMembers();
  const exports = useCan('audit.export');
  const kinds = useQuery({
    queryKey: ['audit', 'kinds'],
    queryFn: async () => (await api.get<{ items: Kind[] }>('/audit/events')).items,
    staleTime: 60 * 60_000,
  });
  return (
    <div className="team-tools">
      <span className="audit-pick">
        <Pick
          label={t('team.audit_who')}
          placeholder={t('team.audit_everybody')}
          value={asked.member_id ?? null}
          choices={(members.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.name }))}
          onChange={(value) => set('member_id', value)}
        />
      </span>
      <span className="audit-pick">
        <Pick
          label={t('team.audit_what')}
          placeholder={t('team.audit_everything')}
          value={asked.event ?? null}
          choices={(kinds.data ?? []).map((one) => ({ value: one.name, label: words(one) }))}
          onChange={(value) => set('event', value)}
        />
      </span>
      <span className="audit-days">
        <DateInput
          label={t('team.audit_from')}
          value={asked.day_from ?? ''}
          onChange={(day) => set('day_from', day)}
        />
        <span className="meta">—</span>
        <DateInput
          label={t('team.audit_to')}
          value={asked.day_to ?? ''}
          onChange={(day) => set('day_to', day)}
        />
      </span>
      {asked.record_id ? (
        <button type="button" className="role-chip" aria-pressed onClick={() => set('record_id', null)}>
          {t('team.audit_one')}
        </button>
      ) : null}
      <span className="role-gap" />
      {exports ? (
        <Button
          icon={<Download size={15} strokeWidth={1.6} />}
          href={buildUrl('/audit/export.csv', { ...asked })}
          title={t('team.audit_export_hint')}
        >
          CSV
        </Button>
      ) : null}
    </div>
  );
}

/** 操作记录: who did what, when, on which record, and what it was before. */
export function AuditTab() {
  const [params, setParams] = useSearchParams();
  const asked: AuditAsked = Object.fromEntries(
    ASKED.flatMap((key) => (params.get(key) ? [[key, params.get(key)]] : [])),
  );
  const set = (key: keyof AuditAsked, value: string | null) => {
    const next = new URLSearchParams(params);
    if (value) next.set(key, value);
    else next.delete(key);
    if (key === 'record_id' && !value) next.delete('record_type');
    setParams(next, { replace: true });
  };
  const query = useInfiniteQuery({
    queryKey: ['audit', asked],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api.get<{ items: AuditRow[]; next: string | null }>('/audit', {
        query: { ...asked, cursor: pageParam },
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Tools asked={asked} set={set} />
      <Trouble query={query} />
      {query.isPending ? <SkeletonRows rows={10} height={52} /> : null}
      {query.data && !rows.length ? (
        <EmptyState title={t('team.audit_none')} hint={t('team.audit_none_hint')} />
      ) : null}
      {rows.length ? (
        <ul className="sheet audit">
          {rows.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ul>
      ) : null}
      <More query={query} />
    </>
  );
}
