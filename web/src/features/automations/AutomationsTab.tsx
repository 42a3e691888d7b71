import { Button, Switch } from 'antd';
import { ChevronRight, Plus } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import {
  type Body,
  type Listed,
  makeAutomation,
  type Offered,
  refreshAutomations,
  switchAutomation,
  useAutomations,
  useOffered,
} from '@/api/automations';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { useMedia } from '@/lib/media';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { blank, recipes } from './recipes';
import { Said } from './Said';
import './automations.css';

export const isOn = ({ state }: { state: string }) => state === 'on' || state === 'failing';

function facts(one: Listed): string {
  return [
    one.published ? t('automations.runs', { n: one.runs }) : t('automations.state_draft'),
    one.published && one.changed ? t('automations.changed') : '',
    one.failed_at ? t('automations.failed_at', { at: formatWhen(one.failed_at) }) : '',
    one.publisher ? t('automations.by', { name: one.publisher.name }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function Row({ one, offered, may }: { one: Listed; offered: Offered | undefined; may: boolean }) {
  const [busy, setBusy] = useState(false);
  const flip = async (on: boolean) => {
    setBusy(true);
    try {
      await switchAutomation(one.id, one.version, on);
      say(t(on ? 'automations.went_on' : 'automations.went_off', { name: one.name }));
    } catch (failure) {
      sayFailure(failure);
    }
    await refreshAutomations();
    setBusy(false);
  };
  return (
    <li className="au-row" data-off={isOn(one) ? undefined : true}>
      <Switch
        aria-label={t('automations.switch', { name: one.name })}
        checked={isOn(one)}
        disabled={!may || !one.published}
        loading={busy}
        onChange={(on) => void flip(on)}
      />
      <Link className="au-link" to={`/manage/automations/${one.id}`}>
        <span className="au-words">
          <b>{one.name}</b>
          <Said body={one.body} offered={offered} />
          <span className="meta">{facts(one)}</span>
          {one.why ? (
            <span className={one.state === 'paused' ? 'amber' : 'verm'} role="status">
              {words(one.why)}
            </span>
          ) : null}
        </span>
        <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
      </Link>
    </li>
  );
}

/** Makes one as a draft and opens it. */
function useMaking() {
  const navigate = useNavigate();
  const [busy, setBusy] = useState('');
  const make = async (key: string, body: Body) => {
    setBusy(key);
    try {
      const { id } = await makeAutomation(body);
      await refreshAutomations();
      navigate(`/manage/automations/${id}`);
    } catch (failure) {
      sayFailure(failure);
      setBusy('');
    }
  };
  return { busy, make };
}

/** Nothing yet: what it is for, and three to begin from. */
function Empty({ making, may }: { making: ReturnType<typeof useMaking>; may: boolean }) {
  return (
    <section className="au-empty">
      <h2>{t('automations.empty')}</h2>
      <p className="second">{t(may ? 'automations.empty_hint' : 'automations.empty_closed')}</p>
      {may ? (
        <ul className="au-recipes">
          {recipes().map((one) => (
            <li key={one.key}>
              <button
                type="button"
                className="sheet au-recipe"
                disabled={Boolean(making.busy)}
                onClick={() => void making.make(one.key, one.body)}
              >
                <b>{one.title}</b>
                <span className="second">{one.hint}</span>
                <span className="act">{t('automations.begin')}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** 自动化: each as a sentence, on or off, how often it ran and what went wrong last. */
export function AutomationsTab() {
  const query = useAutomations();
  const offered = useOffered().data;
  const making = useMaking();
  const wide = useMedia('(min-width: 992px)');
  if (query.error && !query.data)
    return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={4} height={96} />;
  const { items, can } = query.data;
  const makes = can.create && wide;
  return (
    <div className="au-start">
      <div className="team-tools">
        <p className="second team-lead">{t(wide ? 'automations.lead' : 'automations.narrow')}</p>
        {makes ? (
          <Button
            type={items.length ? 'primary' : 'default'}
            icon={<Plus size={15} strokeWidth={1.6} />}
            loading={making.busy === 'blank'}
            onClick={() => void making.make('blank', blank())}
          >
            {t('automations.new')}
          </Button>
        ) : null}
      </div>
      {items.length ? (
        <ul className="sheet">
          {items.map((one) => (
            <Row key={one.id} one={one} offered={offered} may={can.switch} />
          ))}
        </ul>
      ) : (
        <Empty making={making} may={makes} />
      )}
    </div>
  );
}
