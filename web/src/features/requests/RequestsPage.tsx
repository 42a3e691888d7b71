import { useSearchParams } from 'react-router';
import { type Side, useRequests } from '@/api/requests';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { More } from '@/components/More';
import { RequestItem } from '@/components/ownership/RequestItem';
import { SkeletonRows } from '@/components/Skeletons';
import { Radios, Tabs } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import { FiguresStrip } from './FiguresStrip';
import '@/components/ownership/ownership.css';
import '@/components/page-tabs.css';
import './requests-page.css';

const SIDES: readonly Side[] = ['given', 'asked'];
const STATES = ['open', 'settled'] as const;

/** 求助: what I asked others for, and what I and my department were asked; both sides see the same (R-177, R-186). */
export function RequestsPage() {
  const phone = usePhone();
  const [params, setParams] = useSearchParams();
  const side: Side = params.get('side') === 'asked' ? 'asked' : 'given';
  const state = params.get('state') === 'settled' ? 'settled' : 'open';
  const id = Number(params.get('id')) || null;
  const query = useRequests(side, state, id);
  const pages = query.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const counts = pages[0]?.counts;
  const aim = (next: Record<string, string>) => setParams({ side, state, ...next }, { replace: true });
  return (
    <>
      <TopBar title={t('requests.title')} sentence={phone ? null : t('requests.sentence')} />
      <Tabs
        className="page-tabs"
        label={t('requests.title')}
        value={id ? null : side}
        onChange={(one) => aim({ side: one })}
        choices={SIDES.map((one) => ({
          key: one,
          label: counts?.[one] ? `${t(`requests.side_${one}`)} ${counts[one]}` : t(`requests.side_${one}`),
        }))}
      />
      <div className="page-scroll req-scroll">
        {pages[0]?.can.figures && !id ? <FiguresStrip /> : null}
        <div className="req-tools">
          {id ? (
            <button type="button" className="act" onClick={() => aim({})}>
              {t('requests.all')}
            </button>
          ) : (
            <Radios
              className="req-states"
              label={t('requests.state')}
              value={state}
              onChange={(one) => aim({ state: one })}
              choices={STATES.map((one) => ({ key: one, label: t(`requests.list_${one}`) }))}
            />
          )}
        </div>
        <Trouble query={query} />
        {query.isPending ? <SkeletonRows rows={6} height={72} /> : null}
        {query.data && !items.length ? (
          <EmptyState
            title={t(id ? 'requests.gone' : `requests.empty_${side}`)}
            hint={t(id ? 'requests.gone_hint' : `requests.empty_${side}_hint`)}
          />
        ) : null}
        {items.length ? (
          <ul className="sheet req-list">
            {items.map((one) => (
              <RequestItem key={`${one.id}${one.state}`} help={one} place="list" />
            ))}
          </ul>
        ) : null}
        <More query={query} />
      </div>
    </>
  );
}
