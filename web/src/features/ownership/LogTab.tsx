import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { LOG, type LogRow, logOf, useReceivers } from '@/api/ownership';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { More } from '@/components/More';
import { Pick } from '@/components/Pick';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';

function stateWords(row: LogRow): string {
  const at = row.state === 'taken' ? row.taken_at : row.due_at;
  return t(`ownership.state_${row.state}`, { when: at ? formatWhen(at) : '' });
}

function Line({ row }: { row: LogRow }) {
  const rule = row.rule?.name;
  const by = rule
    ? t('ownership.log_system', { rule })
    : row.by
      ? t('ownership.log_by', { name: row.by })
      : '';
  const why = words(row.reason);
  return (
    <li className="assign-log">
      <span className="meta">{formatWhen(row.at)}</span>
      <span className="assign-words">
        {row.customer ? (
          <Link to={`/customers/${row.customer.id}`} className="cut">
            {row.customer.name}
          </Link>
        ) : (
          <span className="second">{t('ownership.gone')}</span>
        )}
      </span>
      <b className="cut">{row.member.name}</b>
      <span className="assign-words">
        <span>{why}</span>
        <span className="meta">{[by, row.why].filter(Boolean).join(' · ')}</span>
      </span>
      <span className="assign-state" data-state={row.state}>
        {stateWords(row)}
      </span>
    </li>
  );
}

/** 分配记录: who got what, when, by which rule and why, and what became of it. */
export function LogTab({ leads }: { leads: boolean }) {
  const [who, setWho] = useState<string | null>(null);
  const people = useReceivers(leads);
  const query = useInfiniteQuery({
    queryKey: [...LOG, who],
    initialPageParam: '',
    queryFn: ({ pageParam }) => logOf(who ? Number(who) : null, pageParam),
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="sheet assign-table">
      {leads ? (
        <div className="assign-tools">
          <Pick
            label={t('ownership.person')}
            placeholder={t('ownership.everybody')}
            value={who}
            choices={(people.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.name }))}
            onChange={setWho}
          />
        </div>
      ) : null}
      <Trouble query={query} />
      {query.isPending ? <SkeletonRows rows={8} height={52} /> : null}
      {query.data && !rows.length ? (
        <EmptyState title={t('ownership.log_empty')} hint={t('ownership.log_hint')} />
      ) : null}
      {rows.length ? (
        <div className="assign-log assign-head meta" aria-hidden="true">
          {(['when', 'customer', 'who', 'why', 'state'] as const).map((one) => (
            <span key={one}>{t(`ownership.head_${one}`)}</span>
          ))}
        </div>
      ) : null}
      <ol>
        {rows.map((row) => (
          <Line key={row.id} row={row} />
        ))}
      </ol>
      <More query={query} />
    </div>
  );
}
