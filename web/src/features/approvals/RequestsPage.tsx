import { Button, Segmented } from 'antd';
import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'react-router';
import { type ApprovalRequest, type Side, useRequests } from '@/api/approval-requests';
import { TopBar } from '@/app/TopBar';
import { figuresOf } from '@/components/approvals/ChainView';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { PageSkeleton } from '@/components/Skeletons';
import { useMedia, usePhone } from '@/lib/media';
import { shortFirm, words } from '@/lib/names';
import { formatWhen, now } from '@/lib/time';
import { t } from '@/locales';
import { RequestPane } from './RequestPane';
import { StandInLine } from './StandInLine';
import './requests.css';

const SIDES: Side[] = ['mine', 'asked', 'done'];

function Row({ one, chosen, choose }: { one: ApprovalRequest; chosen: boolean; choose: () => void }) {
  const late = one.state === 'open' && one.due_at !== null && new Date(one.due_at) < now();
  const figures = figuresOf(one.request).map(([, figure]) => figure);
  return (
    <li>
      <button type="button" className="plain queue-row" aria-current={chosen} onClick={choose}>
        <span className="queue-line">
          <b className="cut">{one.subject.name ? shortFirm(one.subject.name) : words(one.subject)}</b>
          <span className="req-state" data-state={one.state}>
            {late ? t('approvals.late') : t(`approvals.state_${one.state}`)}
          </span>
        </span>
        <span className="queue-line meta">
          <span className="cut">{[one.title, ...figures].join(' · ')}</span>
        </span>
        <span className="queue-line meta">
          <span className="cut">{[one.asker.name, formatWhen(one.asked_at)].join(' · ')}</span>
        </span>
      </button>
    </li>
  );
}

/** 审批: what waits for my yes, what I asked for, what I have decided. On the phone open one, then decide it. */
export function RequestsPage({ tabs }: { tabs: ReactNode }) {
  const phone = usePhone();
  const wide = useMedia('(min-width: 992px)') && !phone;
  const [params, setParams] = useSearchParams();
  const [side, setSide] = useState<Side>(params.get('asked') ? 'asked' : 'mine');
  const query = useRequests(side);
  const rows = query.data?.items ?? [];
  const picked = Number(params.get('id')) || null;
  const pick = (id: number | null) =>
    setParams(id ? { which: 'requests', id: String(id) } : { which: 'requests' }, { replace: wide });
  const shown = picked ?? (wide ? (rows[0]?.id ?? null) : null);
  const after = (id: number) => {
    const left = rows.filter((one) => one.id !== id);
    pick(side === 'mine' ? (left[0]?.id ?? null) : id);
  };
  const back = phone && shown !== null;
  return (
    <>
      <TopBar
        title={t('reviews.title')}
        tabs={phone ? undefined : tabs}
        tools={
          back ? (
            <Button type="text" icon={<ChevronLeft />} onClick={() => pick(null)}>
              {t('approvals.all')}
            </Button>
          ) : undefined
        }
      />
      {phone && !back ? tabs : null}
      <Trouble query={query} />
      {query.isPending ? <PageSkeleton /> : null}
      {query.data ? (
        <div className="req" data-pair={wide}>
          {wide || !back ? (
            <div className="req-left">
              <div className="req-head">
                <Segmented<Side>
                  block
                  value={side}
                  options={SIDES.map((one) => ({ value: one, label: t(`approvals.side_${one}`) }))}
                  onChange={(next) => {
                    setSide(next);
                    pick(null);
                  }}
                />
              </div>
              {rows.length ? (
                <ul className="queue">
                  {rows.map((one) => (
                    <Row key={one.id} one={one} chosen={one.id === shown} choose={() => pick(one.id)} />
                  ))}
                </ul>
              ) : (
                <EmptyState title={t(`approvals.none_${side}`)} hint={t(`approvals.none_${side}_hint`)} />
              )}
              {side === 'mine' ? <StandInLine /> : null}
            </div>
          ) : null}
          {shown === null ? null : (
            <RequestPane
              key={shown}
              id={shown}
              known={rows.find((one) => one.id === shown)}
              after={() => after(shown)}
            />
          )}
        </div>
      ) : null}
    </>
  );
}
