import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type HandoverRow, useHandovers } from '@/api/handovers';
import { TopBar } from '@/app/TopBar';
import { CustomerTabs } from '@/components/CustomerTabs';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Tabs } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { OpenDialog } from './OpenDialog';
import { dayOf, stateOf, toOf } from './words';
import '@/components/page-tabs.css';
import './handovers.css';

type Which = '' | 'open' | 'done';

function Row({ row }: { row: HandoverRow }) {
  return (
    <li>
      <Link className="handover-row" to={`/handovers/${row.id}`}>
        <span className="handover-row-who">
          <b className="cut">{t('handovers.row', { giver: row.giver.name, to: toOf(row) })}</b>
          <span className="second cut">
            {[t(row.everything ? 'handovers.row_all' : 'handovers.row_many', { n: row.many }), row.reason]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
        <span className="second handover-row-day">
          {row.released_at
            ? formatWhen(row.released_at)
            : t('handovers.row_day', { day: dayOf(row.effective_on) })}
        </span>
        <span className={row.mine ? 'amber strong' : 'second'}>
          {row.mine ? t('handovers.mine') : stateOf(row.state)}
        </span>
      </Link>
    </li>
  );
}

/** All hand-overs that one takes part in or looks after. */
export function HandoversPage() {
  const phone = usePhone();
  const [which, setWhich] = useState<Which>('');
  const [params, setParams] = useSearchParams();
  const ids = (params.get('ids') ?? '').split(',').map(Number).filter(Boolean);
  const [opening, setOpening] = useState(ids.length > 0);
  const query = useHandovers(which);
  const first = query.data?.pages[0];
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const add = first?.can.open ? () => setOpening(true) : null;
  const close = () => {
    setOpening(false);
    setParams({}, { replace: true });
  };
  return (
    <>
      <TopBar
        title={t(phone ? 'handovers.title' : 'customers.title')}
        tabs={phone ? undefined : <CustomerTabs />}
        action={
          add ? (
            <Button type="primary" icon={<Plus size={16} strokeWidth={1.6} />} onClick={add}>
              {t('handovers.open')}
            </Button>
          ) : null
        }
        tools={
          add ? (
            <button type="button" className="icon-act" aria-label={t('handovers.open')} onClick={add}>
              <Plus size={20} strokeWidth={1.6} />
            </button>
          ) : null
        }
      />
      {phone ? <CustomerTabs /> : null}
      <div className="handover-list">
        <Tabs<Which>
          label={t('handovers.title')}
          value={which}
          onChange={setWhich}
          className="page-tabs"
          choices={(['', 'open', 'done'] as const).map((key) => ({
            key,
            label: t(key ? `handovers.which_${key}` : 'handovers.which_all'),
          }))}
        />
        {query.error && !first ? (
          <ErrorState failure={query.error} retry={() => void query.refetch()} />
        ) : !first ? (
          <SkeletonRows rows={6} height={54} />
        ) : rows.length ? (
          <ul className="sheet">
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        ) : (
          <EmptyState title={t('handovers.none')} hint={t('handovers.none_hint')} />
        )}
        {query.hasNextPage ? (
          <button type="button" className="act" onClick={() => void query.fetchNextPage()}>
            {t('common.more')}
          </button>
        ) : null}
      </div>
      {opening ? <OpenDialog ids={ids} close={close} /> : null}
    </>
  );
}
