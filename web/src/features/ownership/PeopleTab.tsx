import { InputNumber } from 'antd';
import { useState } from 'react';
import { type ReceiverRow, refreshOwnership, saveReceiver, useReceivers } from '@/api/ownership';
import { Avatar } from '@/components/Avatar';
import { DateInput } from '@/components/DateInput';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { say, sayFailure } from '@/lib/notify';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';

function Row({ row, leads }: { row: ReceiverRow; leads: boolean }) {
  const [setting, setSetting] = useState(false);
  const save = (away: string | null, most: number | null) =>
    void saveReceiver(row.id, away, most).then(() => {
      say(t('ownership.receiver_saved'));
      setSetting(false);
      refreshOwnership();
    }, sayFailure);
  return (
    <li className="assign-person">
      <Avatar name={row.name} size={30} />
      <span className="assign-words">
        <b>{row.name}</b>
        <span className="meta">{row.department.name}</span>
      </span>
      <span className="assign-held">
        {t('ownership.people_open', { n: row.open })}
        {row.waiting ? (
          <span className="amber">{t('ownership.people_waiting', { n: row.waiting })}</span>
        ) : null}
      </span>
      {leads ? (
        <span className="own-limit">
          {t('ownership.most')}
          <InputNumber
            aria-label={t('ownership.most_open', { name: row.name })}
            min={1}
            precision={0}
            defaultValue={row.most_open ?? undefined}
            placeholder={t('ownership.most_any')}
            onBlur={(event) => {
              const most = event.target.value ? Number(event.target.value) : null;
              if (most !== row.most_open) save(row.away_until, most);
            }}
          />
        </span>
      ) : null}
      <span className="assign-away">
        {row.away_until ? (
          <>
            <span className="amber">{t('ownership.away_now', { when: formatDay(row.away_until) })}</span>
            <button type="button" className="act" onClick={() => save(null, row.most_open)}>
              {t('ownership.away_clear')}
            </button>
          </>
        ) : setting ? (
          <DateInput
            label={t('ownership.away_until')}
            value=""
            onChange={(day) => day && save(day, row.most_open)}
          />
        ) : (
          <button type="button" className="act" onClick={() => setSetting(true)}>
            {t('ownership.away_set')}
          </button>
        )}
      </span>
    </li>
  );
}

/** Who receives customers, how many each holds, who is away and until when. */
export function PeopleTab({ leads }: { leads: boolean }) {
  const query = useReceivers();
  if (query.error) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={5} height={56} />;
  if (!query.data.items.length) return <EmptyState title={t('ownership.people_none')} />;
  return (
    <ul className="sheet assign-table">
      {query.data.items.map((row) => (
        <Row key={`${row.id}${row.most_open}${row.away_until}`} row={row} leads={leads} />
      ))}
    </ul>
  );
}
