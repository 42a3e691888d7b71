import { Button } from 'antd';
import { Snowflake } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { Pooled, Pools } from '@/api/pools';
import { ClassBadge } from '@/components/ClassBadge';
import { EmptyState } from '@/components/EmptyState';
import { More } from '@/components/More';
import { usePhone } from '@/lib/media';
import { formatMoney } from '@/lib/money';
import { shortFirm, words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { daysBetween, formatDay } from '@/lib/time';
import { t } from '@/locales';
import type { Claim } from './use-claim';

interface RowProps {
  row: Pooled;
  chosen: boolean;
  pick: (id: number) => void;
  can: Pools['can'] | undefined;
  claim: Claim;
}

/** 领取, or why not: whose it was and how long he waits, or that the supervisor gives it out. */
export function TakeButton({ row, can, claim }: Pick<RowProps, 'row' | 'can' | 'claim'>) {
  if (!can?.claim) return null;
  if (row.cool_until)
    return (
      <span className="pool-cool">
        <Snowflake size={14} strokeWidth={1.6} aria-hidden="true" />
        <span>
          {t(row.mine ? 'pools.cooling' : 'pools.cooling_before', {
            n: Math.max(1, daysBetween(row.cool_until)),
          })}
        </span>
      </span>
    );
  const name = shortFirm(row.name);
  if (row.asks)
    return (
      <span className="pool-ask">
        <Button
          loading={claim.busy === row.id}
          aria-label={t('pools.ask_for', { name })}
          onClick={() => void claim.ask(row, '')}
        >
          {t('pools.ask')}
        </Button>
        <span className="meta">{t('pools.ask_note', { c: row.intent_class })}</span>
      </span>
    );
  return (
    <Button
      loading={claim.busy === row.id}
      aria-label={t('pools.take_one', { name })}
      onClick={() => void claim.take(row)}
    >
      {t('pools.take')}
    </Button>
  );
}

/** 郭子豪 跟过 7 次 */
function former(row: Pooled): string {
  return row.former
    ? t('pools.former', { name: row.former.name, n: row.records })
    : t('pools.records', { n: row.records });
}

function useAbout(row: Pooled): string {
  const labels = useLabels();
  return [labels.label('industry', row.industry), row.region].filter(Boolean).join(' · ');
}

function Row({ row, chosen, pick, can, claim }: RowProps) {
  const about = useAbout(row);
  return (
    <li className="pool-row" data-chosen={chosen || undefined} data-cold={row.cool_until ? true : undefined}>
      <button type="button" className="plain pool-open" aria-pressed={chosen} onClick={() => pick(row.id)}>
        <span className="pool-cell">
          <span className="pool-name">
            <span className="cut">{shortFirm(row.name)}</span>
            <ClassBadge value={row.intent_class} />
          </span>
          <span className="meta cut">{about || '—'}</span>
        </span>
        <span className="pool-cell">
          <span className="cut">{words(row.reason)}</span>
          <span className="meta">{t('pools.since', { day: formatDay(row.at) })}</span>
        </span>
        <span className="pool-cell">
          <span className="cut" title={row.last_words || row.why}>
            {row.last_words || row.why || t('pools.no_words')}
          </span>
          <span className="meta cut">{former(row)}</span>
        </span>
        <span className="pool-money">
          {row.amount === null ? (
            <span className="faint">{t('pools.unknown')}</span>
          ) : (
            formatMoney(row.amount, row.currency)
          )}
        </span>
      </button>
      <span className="pool-act">
        <TakeButton row={row} can={can} claim={claim} />
      </span>
    </li>
  );
}

function Card({ row, pick, can, claim }: RowProps) {
  return (
    <li className="pool-card sheet" data-cold={row.cool_until ? true : undefined}>
      <button type="button" className="plain pool-card-open" onClick={() => pick(row.id)}>
        <span className="pool-card-line">
          <span className="pool-name">
            <span className="cut">{shortFirm(row.name)}</span>
            <ClassBadge value={row.intent_class} />
          </span>
          <span>{row.amount === null ? t('pools.unknown') : formatMoney(row.amount, row.currency)}</span>
        </span>
        <span className="meta cut">
          {[words(row.reason), t('pools.since', { day: formatDay(row.at) }), former(row)].join(' · ')}
        </span>
        <span className="pool-card-words">{row.last_words || row.why || t('pools.no_words')}</span>
      </button>
      <TakeButton row={row} can={can} claim={claim} />
    </li>
  );
}

/** What lies in the pools, newest first; a row opens its story. */
export function PoolList({
  rows,
  count,
  query,
  filtered,
  shown,
  ...rest
}: {
  rows: Pooled[];
  count: number;
  query: ComponentProps<typeof More>['query'];
  filtered: boolean;
  shown: number | null;
} & Omit<RowProps, 'row' | 'chosen'>) {
  const phone = usePhone();
  if (!rows.length)
    return (
      <EmptyState
        title={t(filtered ? 'pools.nothing_found' : 'pools.empty')}
        hint={t(filtered ? 'pools.nothing_found_hint' : 'pools.empty_hint')}
      />
    );
  const Each = phone ? Card : Row;
  return (
    <>
      {phone ? null : (
        <div className="pool-row pool-titles meta" aria-hidden="true">
          <span className="pool-open">
            <span>{t('pools.col_customer')}</span>
            <span>{t('pools.col_why')}</span>
            <span>{t('pools.col_far')}</span>
            <span className="pool-money">{t('pools.col_amount')}</span>
          </span>
          <span className="pool-act" />
        </div>
      )}
      <ul className={phone ? 'pool-cards' : 'pool-rows'}>
        {rows.map((row) => (
          <Each key={row.id} row={row} chosen={row.id === shown} {...rest} />
        ))}
      </ul>
      <More query={query} />
      <p className="pool-foot meta">
        <span>{t('pools.shown', { n: rows.length, all: count })}</span>
        <span>{t('pools.first_come')}</span>
      </p>
    </>
  );
}
