import { Button, Input } from 'antd';
import { Check, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { type ApprovalRequest, refreshRequests, requestVerbs, useRequest } from '@/api/approval-requests';
import { ChainView, figuresOf, SaidList } from '@/components/approvals/ChainView';
import { ErrorState } from '@/components/ErrorState';
import { PageSkeleton } from '@/components/Skeletons';
import { Sure } from '@/components/Sure';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { Deed, type Doing } from './Deed';

/** Where a record is opened that is of no type of the team's own. */
const PATHS: Record<string, string | undefined> = { customer: '/customers', contract: '/contracts' };

function Facts({ one }: { one: ApprovalRequest }) {
  const { subject } = one;
  const path =
    PATHS[subject.type] === undefined
      ? `/records/${subject.type}/${subject.id}`
      : `${PATHS[subject.type]}/${subject.id}`;
  return (
    <>
      <header className="req-title">
        <h2>
          {subject.name && (subject.open || subject.type === 'contract') ? (
            <Link to={path}>{subject.name}</Link>
          ) : (
            subject.name || words(subject)
          )}
        </h2>
        <p className="second">
          {t('approvals.asked_by', {
            name: one.asker.name,
            when: formatWhen(one.asked_at),
            title: one.title,
          })}
        </p>
      </header>
      <dl className="ask-figures">
        {figuresOf(one.request).map(([label, figure]) => (
          <div key={label}>
            <dt className="meta">{label}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      {one.request.text ? <p className="req-text">{one.request.text}</p> : null}
      {subject.facts.length ? (
        <dl className="req-facts">
          {subject.facts.map((fact) => (
            <div key={fact.slug}>
              <dt className="second">{words(fact)}</dt>
              <dd>{words(fact.value)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {one.can.decide && !subject.open ? <p className="meta">{t('approvals.lent')}</p> : null}
    </>
  );
}

/** What whoever asked may do: remind, withdraw, change it and ask again. */
function AskerActs({ one, open }: { one: ApprovalRequest; open: (what: Doing) => void }) {
  const run = (verb: 'remind' | 'recall', said: string) =>
    requestVerbs[verb](one.id).then(() => {
      say(said);
      refreshRequests();
    }, sayFailure);
  if (!one.can.recall && !one.can.again && !one.can.remind) return null;
  return (
    <p className="req-acts">
      {one.can.again ? (
        <Button type="primary" onClick={() => open('again')}>
          {t('approvals.again')}
        </Button>
      ) : null}
      {one.can.remind ? (
        <button type="button" className="act" onClick={() => void run('remind', t('approvals.reminded'))}>
          {t('approvals.remind')}
        </button>
      ) : null}
      {one.can.recall ? (
        <Sure what={t('approvals.recall')} run={() => void run('recall', t('approvals.recalled'))} />
      ) : null}
    </p>
  );
}

/** One request: what is asked for, about what, who has said what, and the verdict in one press. */
export function RequestPane({
  id,
  known,
  after,
}: {
  id: number;
  /** As the list has it: shown where the request itself is not lent any more. */
  known: ApprovalRequest | undefined;
  after: () => void;
}) {
  const query = useRequest(id);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [doing, setDoing] = useState<Doing | null>(null);
  const one = query.data ?? (query.error ? known : undefined);
  if (!one && query.error) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!one) return <PageSkeleton />;
  const done = (said: string) => {
    say(said);
    setDoing(null);
    after();
    refreshRequests();
  };
  const approve = async () => {
    setBusy(true);
    try {
      await requestVerbs.approve(id, { note, seen: one.subject.version });
      done(t('approvals.approved'));
    } catch (failure) {
      sayFailure(failure);
      refreshRequests();
    }
    setBusy(false);
  };
  return (
    <div className="req-pane">
      <article className="req-body">
        <Facts one={one} />
        <section>
          <h3>{t('approvals.chain')}</h3>
          {one.steps.length ? (
            <ChainView steps={one.steps} />
          ) : (
            <p className="second">{t('approvals.no_steps')}</p>
          )}
        </section>
        <AskerActs one={one} open={setDoing} />
        <section>
          <h3>{t('approvals.said')}</h3>
          <SaidList said={one.said} />
        </section>
      </article>
      {one.can.decide ? (
        <footer className="req-verdict">
          <Input
            aria-label={t('approvals.note')}
            placeholder={t('approvals.note')}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <span className="req-more">
            <button type="button" className="act" onClick={() => setDoing('sign')}>
              {t('approvals.sign')}
            </button>
            <button type="button" className="act" onClick={() => setDoing('delegate')}>
              {t('approvals.delegate')}
            </button>
          </span>
          <span className="req-buttons">
            <Button danger icon={<X size={16} strokeWidth={1.6} />} onClick={() => setDoing('refuse')}>
              {t('approvals.refuse')}
            </Button>
            <Button icon={<Undo2 size={16} strokeWidth={1.6} />} onClick={() => setDoing('sendBack')}>
              {t('approvals.send_back')}
            </Button>
            <Button
              type="primary"
              loading={busy}
              icon={<Check size={16} strokeWidth={1.6} />}
              onClick={() => void approve()}
            >
              {t('approvals.approve')}
            </Button>
          </span>
        </footer>
      ) : null}
      {doing ? <Deed one={one} doing={doing} note={note} close={() => setDoing(null)} done={done} /> : null}
    </div>
  );
}
