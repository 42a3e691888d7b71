import { Button, Drawer, Input, Radio } from 'antd';
import { useState } from 'react';
import { type Impact, useImpact } from '@/api/designs';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';
import { useMeter } from './Cost';
import { formChanged } from './changes';
import { extra, secondsOf } from './cost';
import { EffectTable, Examples, Groups } from './Effects';
import { effectsOf, replayed, softDay, softened } from './impact';
import { refusalsOf } from './refusals';
import type { Designer } from './use-designer';
import './impact.css';

const share = (part: number, whole: number): string => (whole ? `${((part / whole) * 100).toFixed(1)}%` : '');

/** How many would have been stopped, in one sentence; then whom it meets most. */
function Answer({ found, more }: { found: Impact; more: number }) {
  const { looked_at: n, stopped, by_team: teams, by_change: changes } = found;
  const [worst] = teams;
  const [why] = changes;
  return (
    <>
      <p className="song fi-answer">
        {stopped
          ? t('forms.impact_stops', { n: n.toLocaleString(), stopped, share: share(stopped, n) })
          : t(n ? 'forms.impact_none' : 'forms.impact_empty', { n: n.toLocaleString() })}
        {more ? t(more > 0 ? 'forms.impact_slower' : 'forms.impact_quicker', { n: Math.abs(more) }) : null}
      </p>
      {stopped && worst && why && teams.length > 1 ? (
        <p className="second">
          {t('forms.impact_worst', {
            team: worst.name || t('forms.impact_no_team'),
            what: t(why.rule === null ? 'forms.impact_missing' : 'forms.impact_against', {
              name: why.label ? words(why.label) : '',
            }),
          })}
        </p>
      ) : null}
      {found.capped ? <p className="meta">{t('forms.impact_capped', { n: n.toLocaleString() })}</p> : null}
    </>
  );
}

/** 发布前看影响: what the draft would have done to the last 90 days, and publishing it. */
export function ImpactDrawer({ designer, close }: { designer: Designer; close: () => void }) {
  const { type, draft, was, base, changes, busy, publish, refuse } = designer;
  const meter = useMeter(type);
  const more = meter ? Math.round(secondsOf(draft, meter) - secondsOf(was, meter)) : 0;
  const only = !formChanged(changes);
  const asked = useImpact(type, only ? null : replayed(draft, base));
  const [hard, setHard] = useState<ReadonlySet<string>>(new Set());
  const [why, setWhy] = useState('');
  const found = asked.data;
  const effects = found ? effectsOf(changes, draft, base, found) : [];
  const may = effects.filter((one) => one.softens).map((one) => one.change.uid);
  const soft = new Set(may.filter((uid) => !hard.has(uid)));
  const day = softDay();
  const run = async () => {
    await publish(why.trim(), soft.size ? softened(draft, soft, day) : draft);
    // A refusal stands at its field, and in the bar over the form.
    close();
  };
  const wrong = asked.error ? refusalsOf(asked.error, draft) : null;
  const mend = () => {
    if (wrong) refuse(wrong);
    close();
  };
  const range = found ? [formatDay(found.since), formatDay(new Date())] : [];
  return (
    <Drawer
      open
      size={760}
      onClose={close}
      closable={{ placement: 'end' }}
      title={
        <span className="second fi-kicker">
          {[
            t('designer.impact'),
            base.version
              ? t('designer.impact_versions', { from: base.version, to: base.version + 1 })
              : t('designer.version', { n: 1 }),
            range.length ? t('forms.impact_range', { from: range[0] ?? '', to: range[1] ?? '' }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      }
      footer={
        <div className="fi-foot">
          {may.length ? (
            <Radio.Group
              value={soft.size ? 'soft' : 'hard'}
              onChange={(event) => setHard(new Set(event.target.value === 'hard' ? may : []))}
              options={[
                { value: 'soft', label: t('forms.impact_soft') },
                { value: 'hard', label: t('forms.impact_hard') },
              ]}
            />
          ) : (
            <Input
              value={why}
              maxLength={300}
              aria-label={t('designer.why')}
              placeholder={t('designer.why')}
              onChange={(event) => setWhy(event.target.value)}
            />
          )}
          <span className="fd-bar-gap" />
          <Button onClick={wrong ? mend : close}>{t('designer.publish_later')}</Button>
          <Button type="primary" loading={busy} disabled={!only && !found} onClick={() => void run()}>
            {only ? t('forms.publish_lists') : t('designer.publish_do', { n: base.version + 1 })}
          </Button>
        </div>
      }
    >
      <div className="fi">
        {only ? <p className="song fi-answer">{t('forms.impact_lists')}</p> : null}
        {asked.isPending && !only ? (
          <>
            <p className="song fi-answer">{t('forms.impact_reckoning')}</p>
            <SkeletonRows rows={5} />
          </>
        ) : null}
        {wrong && !Object.keys(wrong.at).length && !wrong.held.length ? (
          <ErrorState failure={asked.error} retry={() => void asked.refetch()} />
        ) : null}
        {wrong && (Object.keys(wrong.at).length || wrong.held.length) ? (
          <p className="fd-refused" role="alert">
            {t('designer.refused_yet', { why: wrong.sentence })}
          </p>
        ) : null}
        {found ? <Answer found={found} more={more} /> : null}
        {found && meter ? (
          <p className="meta fi-time">
            {t('forms.impact_time', {
              from: Math.round(secondsOf(was, meter)),
              to: Math.round(secondsOf(draft, meter)),
            })}
          </p>
        ) : null}
        {wrong ? null : (
          <EffectTable
            effects={
              found ? effects : changes.map((change) => ({ change, stopped: 0, reminded: 0, softens: false }))
            }
            found={found ?? null}
            soft={soft}
            day={day}
            extra={meter ? (uid) => extra(was, draft, uid, meter) : null}
            turn={(uid) =>
              setHard((old) => new Set(old.has(uid) ? [...old].filter((one) => one !== uid) : [...old, uid]))
            }
          />
        )}
        {found?.stopped ? <Groups found={found} /> : null}
        {found?.examples.length ? <Examples found={found} type={type} /> : null}
        {found?.stopped ? <p className="meta">{t('forms.impact_caveat')}</p> : null}
        {may.length ? (
          <Input
            value={why}
            maxLength={300}
            aria-label={t('designer.why')}
            placeholder={t('designer.why')}
            onChange={(event) => setWhy(event.target.value)}
          />
        ) : null}
      </div>
    </Drawer>
  );
}
