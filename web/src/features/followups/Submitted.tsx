import { Button } from 'antd';
import { ArrowRight, Check, CloudOff } from 'lucide-react';
import { useNavigate } from 'react-router';
import type { Logged } from '@/api/followups';
import { Quote } from '@/components/Quote';
import { Rich } from '@/components/Rich';
import { ScoreRing } from '@/components/ScoreRing';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { allQuotes, type LogDraft } from './draft';
import type { Log } from './use-log';

/** Without network: the record waits on the device, and nobody has to think of it again. */
export function Kept({ close }: { close: () => void }) {
  return (
    <div className="submitted">
      <div className="submitted-head" role="status">
        <CloudOff size={20} strokeWidth={1.8} aria-hidden="true" />
        <h2>{t('followups.kept_title')}</h2>
      </div>
      <p className="submitted-kept">{t('followups.kept_hint')}</p>
      <footer className="log-foot">
        <span className="log-gap" />
        <Button type="primary" autoFocus onClick={close}>
          {t('followups.ok')}
        </Button>
      </footer>
    </div>
  );
}

/** After submitting: what came of it, beside what was planned. */
export function Submitted({
  done,
  close,
  log,
}: {
  done: { logged: Logged; draft: LogDraft };
  close: () => void;
  log: Log;
}) {
  const navigate = useNavigate();
  const { logged, draft } = done;
  const quotes = allQuotes(draft);
  return (
    <div className="submitted">
      <div className="submitted-head" role="status">
        <Check size={20} strokeWidth={1.8} aria-hidden="true" />
        <h2>{t('followups.submitted')}</h2>
        {logged.score === null ? null : <ScoreRing score={logged.score} size={44} />}
      </div>
      <div className="submitted-pair">
        <section>
          <h3>{t('followups.this_time')}</h3>
          <p className="meta">
            {log.labels.label('channel', log.channel)} · {formatWhen(draft.contact_at, draft.precision)}
          </p>
          <Rich tree={draft.summary_blocks} text={draft.summary} />
          {draft.feedback ? <Quote text={draft.feedback} className="submitted-quote" /> : null}
          {draft.summary.includes('“')
            ? null
            : quotes.map((quote) => <Quote text={quote} className="submitted-quote" key={quote} />)}
          {draft.result ? <p>{draft.result}</p> : null}
        </section>
        <section>
          <h3>{t('followups.then')}</h3>
          {logged.agenda.map((item) => (
            <p className="submitted-step" key={item.id}>
              <ArrowRight size={15} strokeWidth={1.6} aria-hidden="true" />
              <span>
                <b>{item.act}</b>
                <span className="meta">
                  {[item.owner?.name, formatWhen(item.due_at, item.precision)].filter(Boolean).join(' · ')}
                </span>
              </span>
            </p>
          ))}
          {logged.agenda.length ? (
            <p className="second">{t('followups.will_remind')}</p>
          ) : (
            <p className="second">{t('followups.no_step')}</p>
          )}
          {logged.suggestion ? <p className="amber">{words(logged.suggestion)}</p> : null}
        </section>
      </div>
      <footer className="log-foot">
        <span className="log-gap" />
        <Button onClick={() => navigate(`/customers/${logged.customer.id}`, { replace: true })}>
          {t('followups.to_customer')}
        </Button>
        <Button onClick={() => navigate(`/followups/${logged.id}`, { replace: true })}>
          {t('record.open')}
        </Button>
        <Button type="primary" autoFocus onClick={close}>
          {t('followups.ok')}
        </Button>
      </footer>
    </div>
  );
}
