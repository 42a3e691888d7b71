import { Button, Checkbox, Input, InputNumber, Switch } from 'antd';
import { ChevronLeft, History as Clock, ListTree, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import {
  type Offered,
  refreshAutomations,
  removeAutomation,
  renewSecret,
  type Whole,
} from '@/api/automations';
import { Conditions } from '@/components/list/filter/Conditions';
import { SubjectProvider } from '@/components/list/kind';
import { Sure } from '@/components/Sure';
import { joined, partsOf } from '@/lib/filter';
import { useMedia } from '@/lib/media';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { NOTHING_LOST } from '@/lib/unsaved';
import { t } from '@/locales';
import { ActCard, beginning } from './ActCard';
import { isOn } from './AutomationsTab';
import { History } from './History';
import { RunLog } from './RunLog';
import { Said } from './Said';
import { SecretOnce } from './SecretOnce';
import { kindOf, triggerOf, useAsked } from './subject';
import { TryPanel } from './TryPanel';
import { type Editing, useEditing } from './use-editing';
import { WhenLine } from './WhenLine';

const MOST_ACTIONS = 5;
/** So many conditions are read as one sentence; more are put together in the builder. */
const MOST_CONDITIONS = 3;

function Head({ editing, open }: { editing: Editing; open: (what: 'log' | 'versions') => void }) {
  const { kept, flip, busy } = editing;
  const wide = useMedia('(min-width: 992px)');
  const navigate = useNavigate();
  const remove = async () => {
    try {
      await removeAutomation(kept.id, kept.version);
      navigate('/manage/automations', { replace: true, state: NOTHING_LOST });
      void refreshAutomations();
    } catch (failure) {
      sayFailure(failure);
    }
  };
  return (
    <header className="au-top">
      <Link className="act" to="/manage/automations">
        <ChevronLeft size={17} strokeWidth={1.6} aria-hidden="true" />
        {t('team.nav_automations')}
      </Link>
      <span className="au-gap" />
      {kept.published ? (
        <span className="au-switch">
          <Switch
            aria-label={t('automations.switch', { name: kept.name })}
            checked={isOn(kept)}
            disabled={!kept.can.switch}
            loading={busy === 'switch'}
            onChange={(on) => void flip(on)}
          />
          {t(isOn(kept) ? 'automations.is_on' : 'automations.is_off')}
        </span>
      ) : null}
      <button type="button" className="act" onClick={() => open('log')}>
        <ListTree size={16} strokeWidth={1.6} aria-hidden="true" />
        {t('automations.log')}
      </button>
      <button type="button" className="act" onClick={() => open('versions')}>
        <Clock size={16} strokeWidth={1.6} aria-hidden="true" />
        {t('automations.versions')}
      </button>
      {kept.can.remove && wide ? (
        <Sure className="act verm" what={t('automations.remove')} run={() => void remove()}>
          <Trash2 size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('automations.remove')}
        </Sure>
      ) : null}
    </header>
  );
}

function Acts({ editing, offered }: { editing: Editing; offered: Offered }) {
  const trigger = triggerOf(offered, editing.draft.event);
  const customer = trigger?.kind !== 'import';
  const kind = kindOf(trigger);
  const { draft, set, wrong } = editing;
  const { actions } = draft;
  const put = (next: typeof actions) => set({ actions: next });
  const moved = (at: number, by: -1 | 1) => {
    const next = [...actions];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + by, 0, one);
    put(next);
  };
  return (
    <>
      <ol className="au-acts">
        {actions.map((act, at) => (
          <ActCard
            // biome-ignore lint/suspicious/noArrayIndexKey: actions have no name but their place
            key={`${at} ${act.do}`}
            act={act}
            at={at}
            last={at === actions.length - 1}
            set={(next) => put(actions.map((one, place) => (place === at ? next : one)))}
            move={(by) => moved(at, by)}
            remove={() => put(actions.filter((_, place) => place !== at))}
            offered={offered}
            customer={customer}
            kind={kind}
            wrong={wrong[`actions.${at}`] ?? ''}
          />
        ))}
      </ol>
      {wrong.actions ? (
        <p className="verm" role="alert">
          {wrong.actions}
        </p>
      ) : null}
      {actions.length < MOST_ACTIONS ? (
        <button
          type="button"
          className="act"
          onClick={() => put([...actions, beginning('todo', customer, kind)])}
        >
          <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('automations.add')}
        </button>
      ) : null}
    </>
  );
}

/** How often at most, whether imports count, and the secret of its webhooks. */
function Limits({ editing }: { editing: Editing }) {
  const { kept, draft, set, wrong, setSecret } = editing;
  const calls = draft.actions.some((one) => one.do === 'webhook');
  const renew = async () => {
    try {
      setSecret((await renewSecret(kept.id, kept.version)).secret);
    } catch (failure) {
      sayFailure(failure);
    }
    await refreshAutomations();
  };
  return (
    <div className="au-limits">
      <span className="au-line">
        {t('automations.cap')}
        <InputNumber
          aria-label={t('automations.cap')}
          className="au-number"
          min={1}
          max={10_000}
          precision={0}
          value={draft.cap}
          status={wrong.cap ? 'error' : undefined}
          onChange={(cap) => set({ cap: cap ?? 1 })}
        />
        {t('automations.cap_unit')}
      </span>
      <Checkbox checked={draft.imports} onChange={(event) => set({ imports: event.target.checked })}>
        {t('automations.imports')}
      </Checkbox>
      {calls && kept.secret && !editing.dirty ? (
        <Sure what={t('automations.renew')} run={() => void renew()} />
      ) : null}
    </div>
  );
}

function Foot({ editing }: { editing: Editing }) {
  const { kept, dirty, late, reset, busy, save, publish } = editing;
  const nothing = !dirty && !kept.changed;
  return (
    <div className="au-foot" role="status">
      <p className={late ? 'verm' : 'second'}>
        {late
          ? t('automations.late')
          : t(
              nothing
                ? 'automations.as_published'
                : kept.published
                  ? 'automations.to_publish'
                  : 'automations.is_draft',
            )}
      </p>
      {late ? <Button onClick={reset}>{t('automations.read_again')}</Button> : null}
      {dirty && !late ? (
        <Button loading={busy === 'save'} onClick={() => void save()}>
          {t('automations.keep')}
        </Button>
      ) : null}
      {kept.can.publish && !late ? (
        <Button type="primary" disabled={nothing} loading={busy === 'publish'} onClick={() => void publish()}>
          {t(kept.published ? 'automations.publish_again' : 'automations.publish')}
        </Button>
      ) : null}
    </div>
  );
}

function Sentence({ editing, offered }: { editing: Editing; offered: Offered }) {
  const { kept, draft, set, wrong } = editing;
  const trigger = triggerOf(offered, draft.event);
  const subject = useAsked(trigger);
  return (
    <section className="sheet au-sheet">
      <Input
        className="au-name"
        variant="borderless"
        aria-label={t('automations.name')}
        placeholder={t('automations.name')}
        maxLength={40}
        value={draft.name}
        status={wrong.name ? 'error' : undefined}
        onChange={(event) => set({ name: event.target.value })}
      />
      {kept.why ? (
        <p className={`au-why ${kept.state === 'paused' ? 'amber' : 'verm'}`} role="status">
          {words(kept.why)}
        </p>
      ) : null}
      <div className="au-part">
        <span className="au-word">{t('automations.when')}</span>
        <div className="au-body">
          <WhenLine body={draft} offered={offered} change={set} />
          {wrong.event || wrong.moved ? <p className="verm">{wrong.event || wrong.moved}</p> : null}
        </div>
      </div>
      {subject.labels.fields(subject.record).length ? (
        <div className="au-part">
          <span className="au-word">{t('automations.if')}</span>
          <div className="au-body">
            <SubjectProvider value={subject}>
              <div className="au-line">
                <Conditions
                  nodes={partsOf(draft.condition)}
                  set={(next) => set({ condition: joined(next) ?? undefined })}
                  most={MOST_CONDITIONS}
                  joint={<span>{t('filters.and')}</span>}
                  title={t('filters.build')}
                  nothing={t('automations.no_condition')}
                />
                {draft.condition ? null : <span className="meta">{t('automations.no_condition')}</span>}
              </div>
            </SubjectProvider>
            {wrong.condition ? (
              <p className="verm" role="alert">
                {wrong.condition}
              </p>
            ) : null}
          </div>
        </div>
      ) : null}
      <div className="au-part">
        <span className="au-word">{t('automations.then')}</span>
        <div className="au-body">
          <Acts editing={editing} offered={offered} />
        </div>
      </div>
      <Limits editing={editing} />
    </section>
  );
}

/** The sentence to write, beside it what it would have done; on narrow screens it is read only. */
export function Editor({ latest, offered }: { latest: Whole; offered: Offered }) {
  const editing = useEditing(latest);
  const { kept, set, secret, setSecret } = editing;
  const [open, setOpen] = useState<'log' | 'versions' | null>(null);
  const wide = useMedia('(min-width: 992px)');
  const edits = wide && kept.can.update;
  return (
    <div className="au-editor">
      <Head editing={editing} open={setOpen} />
      {edits ? (
        <>
          <div className="au-pair">
            <Sentence editing={editing} offered={offered} />
            <TryPanel body={editing.draft} />
          </div>
          <Foot editing={editing} />
        </>
      ) : (
        <section className="sheet au-read">
          <h2>{kept.name}</h2>
          {kept.why ? <p className={kept.state === 'paused' ? 'amber' : 'verm'}>{words(kept.why)}</p> : null}
          <Said body={kept.live ?? kept.body} offered={offered} />
          <p className="meta">{t('automations.narrow')}</p>
        </section>
      )}
      {open === 'log' ? <RunLog id={kept.id} name={kept.name} close={() => setOpen(null)} /> : null}
      {open === 'versions' ? (
        <History
          id={kept.id}
          offered={offered}
          take={
            edits
              ? (body) => {
                  set(body);
                  setOpen(null);
                }
              : null
          }
          close={() => setOpen(null)}
        />
      ) : null}
      {secret ? <SecretOnce secret={secret} close={() => setSecret(null)} /> : null}
    </div>
  );
}
