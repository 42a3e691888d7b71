import type { ReactNode } from 'react';
import type { FollowUpItem } from '@/api/types';
import { Avatar } from '@/components/Avatar';
import type { ListColumn } from '@/components/list/kind';
import { Quote } from '@/components/Quote';
import type { Labels } from '@/lib/options';
import { formatAgo, formatWhen } from '@/lib/time';
import { t } from '@/locales';

export interface Column extends ListColumn {
  width: string;
  sort?: string;
  end?: boolean;
  cell: (row: FollowUpItem, labels: Labels) => ReactNode;
}

export const levelOf = (score: number) => (score >= 80 ? 'good' : score >= 60 ? 'fair' : 'poor');

/** The score of the record; nothing where none is given. */
export function Score({ row }: { row: FollowUpItem }) {
  if (row.score === null || row.score === undefined || row.attempt || row.historical) return null;
  return (
    <span
      className="record-score"
      data-level={levelOf(row.score)}
      title={t('common.score', { n: row.score })}
    >
      {row.score}
    </span>
  );
}

/** Where the review stands; what is as it should be stays quiet. */
export function State({ row, labels }: { row: FollowUpItem; labels: Labels }) {
  return (
    <span className="record-state" data-state={row.state}>
      {labels.label('record_state', row.state)}
    </span>
  );
}

/** What the customer said last, else what he let be understood; of an attempt, how it ended. */
export function Said({ row, labels }: { row: FollowUpItem; labels: Labels }) {
  const quote = row.quotes?.[0];
  if (row.attempt)
    return <span className="cut block faint">{labels.label('attempt_kind', row.attempt)}</span>;
  return quote ? (
    <Quote className="cut block" text={quote} />
  ) : (
    <span className="cut block second">{row.feedback}</span>
  );
}

export const COLUMNS: Column[] = [
  {
    key: 'contacted_by',
    label: 'records.col_author',
    width: '116px',
    cell: (row) =>
      row.contacted_by ? (
        <span className="cell-owner">
          <Avatar name={row.contacted_by.name} />
          <span className="cut">{row.contacted_by.name}</span>
        </span>
      ) : null,
  },
  {
    key: 'contact_at',
    label: 'records.col_when',
    width: '124px',
    sort: '-contact_at',
    cell: (row) =>
      row.contact_at ? (
        <span className="cell-two">
          <span className="cut">{formatWhen(row.contact_at, row.precision)}</span>
          {row.late ? <span className="cell-second amber">{t('record.late')}</span> : null}
        </span>
      ) : null,
  },
  {
    key: 'channel',
    label: 'records.col_channel',
    width: '104px',
    cell: (row, labels) => <span className="cut block">{labels.label('channel', row.channel)}</span>,
  },
  {
    key: 'quotes',
    label: 'records.col_said',
    width: 'minmax(180px, 1.2fr)',
    cell: (row, labels) => <Said row={row} labels={labels} />,
  },
  {
    key: 'state',
    label: 'records.col_state',
    width: '80px',
    cell: (row, labels) => <State row={row} labels={labels} />,
  },
  {
    key: 'score',
    label: 'records.col_score',
    width: '64px',
    sort: 'score',
    end: true,
    cell: (row) => <Score row={row} />,
  },
  {
    key: 'status',
    label: 'records.col_status',
    width: '92px',
    cell: (row, labels) => labels.label('followup_status', row.status),
  },
  {
    key: 'summary',
    label: 'records.col_summary',
    width: 'minmax(180px, 1.2fr)',
    cell: (row) => (
      <span className="cut block" title={row.summary}>
        {row.summary}
      </span>
    ),
  },
  {
    key: 'contact',
    label: 'records.col_contact',
    width: '120px',
    cell: (row) =>
      row.contact ? (
        <span className="cell-two">
          <span className="cut">{row.contact.name}</span>
          <span className="cell-second cut">{row.contact.title}</span>
        </span>
      ) : null,
  },
  {
    key: 'entered_at',
    label: 'records.col_entered',
    width: '96px',
    sort: '-entered_at',
    cell: (row) =>
      row.entered_at ? <span title={formatWhen(row.entered_at)}>{formatAgo(row.entered_at)}</span> : null,
  },
];
