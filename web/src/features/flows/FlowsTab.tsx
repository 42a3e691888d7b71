import { Button, Switch } from 'antd';
import { ChevronRight, Plus } from 'lucide-react';
import { useState } from 'react';
import {
  type Flow,
  type FlowBody,
  type Flows,
  orderFlows,
  refreshFlows,
  saveFlow,
  useFlows,
} from '@/api/approval-flows';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { UpDown } from '@/components/UpDown';
import { useMedia } from '@/lib/media';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { FlowEditor } from './FlowEditor';
import { blankFlow, said } from './words';
import './flows.css';

function Row({
  one,
  flows,
  open,
  at,
  move,
}: {
  one: Flow;
  flows: Flows;
  open: () => void;
  at: number;
  move: (at: number, by: number) => void;
}) {
  const flip = (on: boolean) =>
    saveFlow(one.id, one.version, { ...one.body, on }).then(() => refreshFlows(), sayFailure);
  return (
    <li className="flo-row" data-off={one.body.on ? undefined : true}>
      <Switch
        aria-label={t('flows.switch', { name: one.body.name })}
        checked={one.body.on}
        disabled={!flows.can.save}
        onChange={(on) => void flip(on)}
      />
      <button type="button" className="plain flo-link" onClick={open}>
        <span className="flo-words">
          <b>{one.body.name}</b>
          <span>{said(one.body, flows)}</span>
          {one.warnings.map((each) => (
            <span key={each.zh} className="amber">
              {words(each)}
            </span>
          ))}
        </span>
        <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
      </button>
      {flows.can.order && flows.items.length > 1 ? (
        <span className="flo-order">
          <UpDown at={at} count={flows.items.length} move={move} />
        </span>
      ) : null}
    </li>
  );
}

/** 审批流程: each as a sentence, in the order in which they are tried; one of them opens to be changed. */
export function FlowsTab() {
  const query = useFlows();
  const wide = useMedia('(min-width: 992px)');
  const [open, setOpen] = useState<number | 'new' | null>(null);
  if (query.error && !query.data)
    return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={4} height={72} />;
  const flows = query.data;
  const chosen = flows.items.find((one) => one.id === open);
  const close = () => setOpen(null);
  const move = async (at: number, by: number) => {
    const ids = flows.items.map((one) => one.id);
    const [one] = ids.splice(at, 1);
    if (one !== undefined) ids.splice(at + by, 0, one);
    await orderFlows(ids).catch(sayFailure);
    await refreshFlows();
  };
  const begin: FlowBody = blankFlow(flows);
  if (open === 'new' || chosen)
    return (
      <FlowEditor
        key={open}
        kept={chosen ?? null}
        begin={chosen?.body ?? begin}
        flows={flows}
        close={close}
      />
    );
  return (
    <div className="flo-start">
      <div className="team-tools">
        <p className="second team-lead">{t(wide ? 'flows.lead' : 'flows.narrow')}</p>
        {flows.can.save && wide ? (
          <Button type="primary" icon={<Plus size={15} strokeWidth={1.6} />} onClick={() => setOpen('new')}>
            {t('flows.new')}
          </Button>
        ) : null}
      </div>
      {flows.items.length ? (
        <ul className="sheet flo-list">
          {flows.items.map((one, at) => (
            <Row
              key={one.id}
              one={one}
              flows={flows}
              open={() => setOpen(one.id)}
              at={at}
              move={(place, by) => void move(place, by)}
            />
          ))}
        </ul>
      ) : (
        <section className="flo-empty">
          <h2>{t('flows.empty')}</h2>
          <p className="second">{t('flows.empty_hint')}</p>
        </section>
      )}
    </div>
  );
}
