import { Button, Drawer, Input } from 'antd';
import { ChevronRight, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { type PlayImpact, usePlayImpact } from '@/api/playbooks';
import { ErrorState } from '@/components/ErrorState';
import { Refusal } from '@/components/Refusal';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { ClockImpact } from './ClockImpact';
import { nodeOf } from './draft';
import type { PanelTab } from './NodePanel';
import { changeSaid, factsOf } from './said';
import type { Shaping } from './use-shaping';

/** On which part of the panel a problem is mended. */
function tabOf(field: string | null): PanelTab {
  const name = field?.split('.')[0] ?? '';
  if (name === 'limit' || name === 'ladder') return 'limit';
  if (name === 'gate') return 'gate';
  return name === 'assets' ? 'assets' : 'action';
}

/** What stops it, each with the way to where it is mended. */
function Problems({
  found,
  shaping,
  mend,
}: {
  found: PlayImpact;
  shaping: Shaping;
  mend: (node: string | null, tab: PanelTab) => void;
}) {
  return (
    <ul className="pb-problems" aria-label={t('playbook.problems')}>
      {found.problems.map((one) => (
        <li key={`${one.node}${one.field}${one.zh}`}>
          <button type="button" className="plain" onClick={() => mend(one.node, tabOf(one.field))}>
            <TriangleAlert size={15} strokeWidth={1.6} aria-hidden="true" />
            <span>
              <b>{words(nodeOf(shaping.draft, one.node) ?? shaping.draft.document.title)}</b> {words(one)}
            </span>
            <ChevronRight size={15} strokeWidth={1.6} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The last 90 days under the new limits, node by node. */
function Replay({ found, shaping }: { found: PlayImpact; shaping: Shaping }) {
  const rows = found.nodes.filter((one) => one.entered_90);
  if (!rows.length) return <p className="meta">{t('playbook.replay_none')}</p>;
  return (
    <table className="pb-replayed">
      <caption>{t('playbook.replay')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('playbook.head_node')}</th>
          <th scope="col">{t('playbook.replay_entered')}</th>
          <th scope="col">{t('playbook.replay_late')}</th>
          <th scope="col">{t('playbook.replay_reported')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => {
          const before = factsOf(shaping.latest, one.key)?.late_90 ?? null;
          return (
            <tr key={one.key}>
              <th scope="row">{words(nodeOf(shaping.draft, one.key) ?? nodeOf(shaping.was, one.key))}</th>
              <td>{one.entered_90}</td>
              <td>
                {one.late_90}
                {before !== null && before !== one.late_90 ? (
                  <span className="meta"> {t('playbook.replay_before', { n: before })}</span>
                ) : null}
              </td>
              <td>{one.reported_90}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Who stays, who goes elsewhere, whose to-do gets another date. */
function Customers({ found, shaping }: { found: PlayImpact; shaping: Shaping }) {
  const name = (key: string | null) => words(nodeOf(shaping.draft, key) ?? nodeOf(shaping.was, key));
  return (
    <>
      <p className="song pb-answer">
        {t(found.problems.length ? 'playbook.impact_wrong' : 'playbook.impact_fine', {
          n: found.customers,
          wrong: found.problems.length,
        })}
      </p>
      {found.moved
        .filter((one) => one.count)
        .map((one) => (
          <p className="second" key={one.from}>
            {t('playbook.impact_moved', { n: one.count, from: name(one.from), to: name(one.to) })}
          </p>
        ))}
      <ClockImpact clocks={found.clocks} />
    </>
  );
}

/** 发布前看影响: what stops it, whom it meets, what the last 90 days would have been, and publishing. */
export function ImpactDrawer({
  shaping,
  mend,
  close,
}: {
  shaping: Shaping;
  mend: (node: string | null, tab: PanelTab) => void;
  close: () => void;
}) {
  const { base, draft, changes, publish } = shaping;
  const asked = usePlayImpact(base.key, draft.document, draft.mapping);
  const [why, setWhy] = useState('');
  const { busy, failure, submit } = useSubmit(async () => {
    await publish(why.trim());
    close();
  });
  const found = asked.data;
  return (
    <Drawer
      open
      size={680}
      onClose={close}
      closable={{ placement: 'end' }}
      title={
        <span className="second">
          {[
            t('designer.impact'),
            base.version ? t('designer.impact_versions', { from: base.version, to: base.version + 1 }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      }
      footer={
        <div className="pb-impact-foot">
          <Input
            value={why}
            maxLength={300}
            aria-label={t('designer.why')}
            placeholder={t('designer.why')}
            onChange={(event) => setWhy(event.target.value)}
          />
          <Button onClick={close}>{t('designer.publish_later')}</Button>
          <Button
            type="primary"
            loading={busy}
            disabled={!found || found.problems.length > 0}
            onClick={() => void submit()}
          >
            {t('designer.publish_do', { n: base.version + 1 })}
          </Button>
        </div>
      }
    >
      <div className="pb-impact">
        {asked.isPending ? <SkeletonRows rows={5} /> : null}
        {asked.error ? <ErrorState failure={asked.error} retry={() => void asked.refetch()} /> : null}
        {found ? <Customers found={found} shaping={shaping} /> : null}
        <Refusal failure={failure} />
        {found?.problems.length ? <Problems found={found} shaping={shaping} mend={mend} /> : null}
        <section>
          <h3>{t('playbook.impact_changes', { n: changes.length })}</h3>
          <ul className="pb-changes">
            {changes.map((one) => (
              <li key={changeSaid(one, draft.document.nodes)}>{changeSaid(one, draft.document.nodes)}</li>
            ))}
          </ul>
        </section>
        {found ? <Replay found={found} shaping={shaping} /> : null}
      </div>
    </Drawer>
  );
}
