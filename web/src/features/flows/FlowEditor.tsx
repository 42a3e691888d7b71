import { Button, Checkbox, Input, Select } from 'antd';
import { ChevronLeft, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import {
  type Flow,
  type FlowBody,
  type Flows,
  makeFlow,
  refreshFlows,
  removeFlow,
  saveFlow,
} from '@/api/approval-flows';
import type { AskedField } from '@/api/approval-requests';
import { ApiError } from '@/api/client';
import type { Field } from '@/api/types';
import { Conditions } from '@/components/list/filter/Conditions';
import { type Subject, SubjectProvider } from '@/components/list/kind';
import { Refusal } from '@/components/Refusal';
import { Sure } from '@/components/Sure';
import { joined, partsOf } from '@/lib/filter';
import { useMedia } from '@/lib/media';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { Sample } from './Sample';
import { StageCard } from './StageCard';
import { blankStage, said } from './words';

const ASKED: readonly AskedField[] = ['percent', 'amount', 'days'];
const MOST_STAGES = 10;
const MOST_CONDITIONS = 3;

/** What conditions may ask about: the fields of the record, and the figures of the request. */
function useSubjectOf(kind: string, flows: Flows): Subject {
  const labels = useLabels();
  return useMemo(() => {
    const known = flows.kinds.find((one) => one.key === kind)?.fields ?? [];
    const own = known.flatMap((slug): Field[] => {
      const found = labels.field(kind, slug);
      return found ? [{ ...found, filter: true }] : [];
    });
    const base = own[0];
    const asked = base
      ? ASKED.map((name): Field => {
          const label = t(`flows.asked_${name}`);
          const type = name === 'amount' ? 'money' : 'number';
          return {
            ...base,
            slug: `ask.${name}`,
            type,
            options: null,
            label: { zh: label, en: label },
            settings: {},
          };
        })
      : [];
    const fields = [...asked, ...own];
    const by = new Map(fields.map((one) => [one.slug, one]));
    return { record: kind, labels: { ...labels, fields: () => fields, field: (_, slug) => by.get(slug) } };
  }, [kind, flows, labels]);
}

function Part({ word, wrong, children }: { word: string; wrong?: string; children: ReactNode }) {
  return (
    <div className="flo-part">
      <span className="flo-word">{word}</span>
      <div className="flo-body">
        {children}
        {wrong ? (
          <p className="verm" role="alert">
            {wrong}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** Place → what is wrong there, as the server says it. */
function wrongs(failure: unknown): Record<string, string> {
  if (!(failure instanceof ApiError)) return {};
  const found = Object.fromEntries(failure.problems.map((one) => [one.field, words(one)]));
  const { field } = failure;
  return field && !found[field] ? { ...found, [field]: failure.message } : found;
}

/** 一条审批流程 as sentences with pills, and beside it who would be asked. */
export function FlowEditor({
  kept,
  begin,
  flows,
  close,
}: {
  kept: Flow | null;
  begin: FlowBody;
  flows: Flows;
  close: () => void;
}) {
  const [body, setBody] = useState(begin);
  const wide = useMedia('(min-width: 992px)');
  const set = (patch: Partial<FlowBody>) => setBody((old) => ({ ...old, ...patch }));
  const subject = useSubjectOf(body.kind, flows);
  const { busy, failure, submit } = useSubmit(async () => {
    if (kept) await saveFlow(kept.id, kept.version, body);
    else await makeFlow(body);
    await refreshFlows();
    say(t('flows.saved'));
    close();
  });
  const wrong = wrongs(failure);
  const remove = () =>
    kept
      ? removeFlow(kept.id, kept.version).then(() => {
          void refreshFlows();
          close();
        }, sayFailure)
      : undefined;
  const stages = (next: FlowBody['stages']) => set({ stages: next });
  const moved = (at: number, by: number) => {
    const next = [...body.stages];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + by, 0, one);
    stages(next);
  };
  const watched = flows.kinds.find((one) => one.key === body.kind)?.watched ?? [];
  const head = (
    <header className="flo-top">
      <button type="button" className="act" onClick={close}>
        <ChevronLeft size={17} strokeWidth={1.6} aria-hidden="true" />
        {t('team.nav_flows')}
      </button>
      <span className="flo-gap" />
      {kept && flows.can.remove ? (
        <Sure className="act verm" what={t('flows.remove')} run={() => void remove()}>
          <Trash2 size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('flows.remove')}
        </Sure>
      ) : null}
    </header>
  );
  if (!wide || !flows.can.save)
    return (
      <div className="flo-editor">
        {head}
        <section className="sheet flo-sheet">
          <h2>{body.name}</h2>
          <p>{said(body, flows)}</p>
          <p className="meta">{t('flows.narrow')}</p>
        </section>
      </div>
    );
  return (
    <SubjectProvider value={subject}>
      <div className="flo-editor">
        {head}
        <div className="flo-pair">
          <section className="sheet flo-sheet">
            <Input
              className="flo-name"
              variant="borderless"
              aria-label={t('flows.name')}
              placeholder={t('flows.name')}
              maxLength={40}
              value={body.name}
              status={wrong.name ? 'error' : undefined}
              onChange={(event) => set({ name: event.target.value })}
            />
            <Part word={t('flows.when')} wrong={wrong.purpose ?? wrong.kind}>
              <div className="flo-line">
                <span>{t('flows.somebody')}</span>
                <Select
                  aria-label={t('flows.kind')}
                  value={body.kind}
                  popupMatchSelectWidth={false}
                  options={flows.kinds.map((one) => ({ value: one.key, label: words(one) }))}
                  onChange={(kind) => set({ kind, condition: undefined, watch: [] })}
                />
                <span>{t('flows.asks_for')}</span>
                <Select
                  aria-label={t('flows.purpose')}
                  value={body.purpose || null}
                  popupMatchSelectWidth={false}
                  options={flows.purposes.map((one) => ({ value: one.key, label: words(one) }))}
                  onChange={(purpose) => set({ purpose })}
                />
              </div>
              <div className="flo-line">
                <span>{t('flows.must_name')}</span>
                <Checkbox.Group
                  value={body.fields}
                  options={ASKED.map((one) => ({ value: one, label: t(`flows.asked_${one}`) }))}
                  onChange={(fields) => set({ fields: fields as AskedField[] })}
                />
              </div>
              <div className="flo-line">
                <span>{t('flows.starters')}</span>
                <Select
                  mode="multiple"
                  className="flo-many"
                  aria-label={t('flows.starters')}
                  placeholder={t('flows.everybody')}
                  value={body.starters}
                  options={flows.roles.map((one) => ({ value: one.key, label: words(one) }))}
                  onChange={(starters) => set({ starters })}
                />
              </div>
            </Part>
            <Part word={t('flows.if')} wrong={wrong.condition}>
              <div className="flo-line">
                <Conditions
                  nodes={partsOf(body.condition)}
                  set={(next) => set({ condition: joined(next) ?? undefined })}
                  most={MOST_CONDITIONS}
                  joint={<span>{t('filters.and')}</span>}
                  title={t('filters.build')}
                  nothing={t('flows.no_condition')}
                />
                {body.condition ? null : <span className="meta">{t('flows.no_condition')}</span>}
              </div>
            </Part>
            <Part word={t('flows.steps')} wrong={wrong.stages}>
              <ol className="flo-stages">
                {body.stages.map((stage, at) => (
                  <StageCard
                    // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name but their place
                    key={at}
                    stage={stage}
                    at={at}
                    of={body.stages.length}
                    set={(next) => stages(body.stages.map((one, place) => (place === at ? next : one)))}
                    move={(by) => moved(at, by)}
                    remove={() => stages(body.stages.filter((_, place) => place !== at))}
                    flows={flows}
                    wrong={wrong[`stages.${at}`] ?? ''}
                  />
                ))}
              </ol>
              {body.stages.length < MOST_STAGES ? (
                <button type="button" className="act" onClick={() => stages([...body.stages, blankStage()])}>
                  <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
                  {t('flows.stage_add')}
                </button>
              ) : null}
            </Part>
            <Part word={t('flows.lapses')} wrong={wrong.watch}>
              <div className="flo-line">
                <span>{t('flows.watch')}</span>
                <Select
                  mode="multiple"
                  className="flo-many"
                  aria-label={t('flows.watch')}
                  placeholder={t('flows.watch_none')}
                  value={body.watch}
                  options={watched.map((slug) => ({
                    value: slug,
                    label: words(subject.labels.field(body.kind, slug)?.label) || slug,
                  }))}
                  onChange={(watch) => set({ watch })}
                />
              </div>
            </Part>
          </section>
          <Sample body={body} flows={flows} />
        </div>
        <footer className="flo-foot">
          <Refusal failure={failure} />
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => void submit()}>
            {t('common.save')}
          </Button>
        </footer>
      </div>
    </SubjectProvider>
  );
}
