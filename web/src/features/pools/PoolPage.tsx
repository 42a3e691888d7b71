import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type PoolAsked, type Pooled, usePooled, usePools } from '@/api/pools';
import { TopBar } from '@/app/TopBar';
import { BottomSheet } from '@/components/BottomSheet';
import { CustomerTabs } from '@/components/CustomerTabs';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { rich, t } from '@/locales';
import { Caps, PhoneCaps } from './Caps';
import { PoolList } from './PoolList';
import { StoryPanel } from './StoryPanel';
import { PhoneTools, Tools } from './Tools';
import { useClaim } from './use-claim';
import './pool.css';

function NoPools({ rules }: { rules: boolean }) {
  return (
    <EmptyState title={t('pools.none')} hint={t(rules ? 'pools.none_admin' : 'pools.none_hint')}>
      {rules ? (
        <Link to="/manage/pools">
          <Button type="primary">{t('pools.set_rules')}</Button>
        </Link>
      ) : null}
    </EmptyState>
  );
}

/** 公海: who lies there and why, how far each got, and what one may still take. */
export function PoolPage() {
  const phone = usePhone();
  const pools = usePools();
  const [asked, setAsked] = useState<PoolAsked>({});
  const list = usePooled(asked);
  const [picked, setPicked] = useState<number | null>(null);
  const [skipped, setSkipped] = useState<ReadonlySet<number>>(new Set());
  const rows = (list.data?.pages.flatMap((page) => page.items) ?? []).filter((one) => !skipped.has(one.id));
  const shown = rows.find((one) => one.id === picked)?.id ?? (phone ? null : (rows[0]?.id ?? null));
  const claim = useClaim(() => setPicked(null));
  const data = pools.data;
  if (pools.error && !data) return <ErrorState failure={pools.error} retry={() => void pools.refetch()} />;
  const left = data?.caps?.today.most ? Math.max(0, data.caps.today.most - data.caps.today.used) : null;
  const skip = (row: Pick<Pooled, 'id'>) => {
    setSkipped((old) => new Set([...old, row.id]));
    setPicked(null);
  };
  const panel =
    shown === null ? null : <StoryPanel id={shown} key={shown} can={data?.can} claim={claim} skip={skip} />;
  return (
    <>
      <TopBar
        title={t(phone ? 'pools.title' : 'customers.title')}
        sentence={phone && data ? t('pools.phone_line', { n: data.total, night: data.last_night }) : null}
        tabs={phone ? undefined : <CustomerTabs />}
      />
      {phone ? <CustomerTabs /> : null}
      {data && !data.pools.length ? (
        <NoPools rules={data.can.rules} />
      ) : (
        <div className="pool">
          <header className="pool-head">
            {phone || !data ? null : (
              <div>
                <p className="pool-sentence song">
                  {left === null
                    ? rich('pools.sentence_free', { n: data.total }, 'pool-number')
                    : rich('pools.sentence', { n: data.total, left }, 'pool-number')}
                </p>
                <p className="second">{t('pools.night', { n: data.last_night })}</p>
              </div>
            )}
            {data?.caps ? phone ? <PhoneCaps caps={data.caps} /> : <Caps caps={data.caps} /> : null}
          </header>
          <div className="pool-grid">
            <section className="pool-list sheet" aria-label={t('pools.title')}>
              {phone ? (
                <PhoneTools asked={asked} set={setAsked} />
              ) : (
                <Tools asked={asked} set={setAsked} pools={data?.pools ?? []} />
              )}
              {list.error ? (
                <ErrorState failure={list.error} retry={() => void list.refetch()} />
              ) : list.data ? (
                <PoolList
                  rows={rows}
                  count={list.data.pages[0]?.count ?? 0}
                  query={list}
                  filtered={Object.keys(asked).length > 0}
                  shown={shown}
                  pick={setPicked}
                  can={data?.can}
                  claim={claim}
                />
              ) : (
                <SkeletonRows rows={8} height={54} />
              )}
            </section>
            {phone ? null : <aside className="pool-story sheet">{panel}</aside>}
          </div>
        </div>
      )}
      {phone && panel ? (
        <BottomSheet title={t('pools.before')} close={() => setPicked(null)} key={shown}>
          {panel}
        </BottomSheet>
      ) : null}
    </>
  );
}
