import { Plus, X } from 'lucide-react';
import { Pick } from '@/components/Pick';
import { Quote } from '@/components/Quote';
import { quotesIn } from '@/lib/marks';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { Log } from '../use-log';

interface Cell<T> {
  key: keyof T & string;
  label: string;
  /** Name of an option list, else free text. */
  options?: string;
  hint?: string;
}

/** Rows of a list where the sources want lists: each a few small inputs, the last one adds. */
function Rows<T extends object>({
  log,
  title,
  rows,
  cells,
  empty,
  set,
}: {
  log: Log;
  title: string;
  rows: readonly T[];
  cells: Cell<T>[];
  empty: T;
  set: (rows: T[]) => void;
}) {
  const shown = rows.length ? rows : [empty];
  const change = (at: number, patch: Partial<T>) =>
    set(shown.map((row, index) => (index === at ? { ...row, ...patch } : row)));
  return (
    <>
      {shown.map((row, at) => (
        <div
          className="group-row"
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity before they are saved
          key={at}
          data-cells={cells.map((cell) => (cell.options ? 'o' : 't')).join('')}
        >
          <span className="second">{at === 0 ? title : ''}</span>
          {cells.map((cell) => {
            const value = row[cell.key] as string | null;
            const choose = (next: string | null) => change(at, { [cell.key]: next } as Partial<T>);
            return cell.options ? (
              <Pick
                bare
                key={cell.key}
                label={cell.label}
                placeholder={cell.label}
                value={value || null}
                choices={log.labels
                  .options(cell.options)
                  .map((one) => ({ value: one.key, label: words(one) }))}
                onChange={choose}
              />
            ) : (
              <input
                key={cell.key}
                aria-label={cell.label}
                placeholder={cell.hint ?? cell.label}
                value={value ?? ''}
                onChange={(event) => choose(event.target.value)}
              />
            );
          })}
          <button
            type="button"
            className="icon-act"
            aria-label={t('common.delete')}
            onClick={() => set(shown.filter((_, index) => index !== at))}
          >
            <X size={14} strokeWidth={1.6} />
          </button>
        </div>
      ))}
      <button type="button" className="act" onClick={() => set([...shown, empty])}>
        <Plus size={14} strokeWidth={1.6} aria-hidden="true" /> {t('followups.one_more', { what: title })}
      </button>
    </>
  );
}

export function Needs({ log }: { log: Log }) {
  return (
    <Rows
      log={log}
      title={t('followups.group_needs')}
      rows={log.draft.needs}
      empty={{ kind: '', priority: null, text: '' }}
      set={(needs) => log.change({ needs })}
      cells={[
        { key: 'kind', label: t('followups.kind'), options: 'need_kind' },
        { key: 'text', label: t('followups.group_needs'), hint: t('followups.need_hint') },
      ]}
    />
  );
}

export function Objections({ log }: { log: Log }) {
  return (
    <Rows
      log={log}
      title={t('followups.group_objections')}
      rows={log.draft.objections}
      empty={{ kind: '', text: '', answer: '' }}
      set={(objections) => log.change({ objections })}
      cells={[
        { key: 'kind', label: t('followups.kind'), options: 'objection_kind' },
        { key: 'text', label: t('followups.group_objections'), hint: t('followups.objection_hint') },
        { key: 'answer', label: t('followups.our_answer'), hint: t('followups.our_answer') },
      ]}
    />
  );
}

export function Questions({ log }: { log: Log }) {
  return (
    <Rows
      log={log}
      title={t('followups.group_qa')}
      rows={log.draft.qa}
      empty={{ q: '', a: '' }}
      set={(qa) => log.change({ qa })}
      cells={[
        { key: 'q', label: t('followups.asked'), hint: t('followups.asked_hint') },
        { key: 'a', label: t('followups.our_answer') },
      ]}
    />
  );
}

export function Risks({ log }: { log: Log }) {
  return (
    <Rows
      log={log}
      title={t('followups.group_risks')}
      rows={log.draft.risks.map((text) => ({ text }))}
      empty={{ text: '' }}
      set={(rows) => log.change({ risks: rows.map((row) => row.text) })}
      cells={[{ key: 'text', label: t('followups.group_risks'), hint: t('followups.risk_hint') }]}
    />
  );
}

export function Quotes({ log }: { log: Log }) {
  const marked = [...new Set(quotesIn(log.draft.summary))];
  return (
    <>
      {marked.map((quote) => (
        <div className="group-row" key={quote}>
          <span className="second">{t('followups.in_text')}</span>
          <Quote text={quote} className="group-quote" />
        </div>
      ))}
      <Rows
        log={log}
        title={t('followups.group_quotes')}
        rows={log.draft.quotes.map((text) => ({ text }))}
        empty={{ text: '' }}
        set={(rows) => log.change({ quotes: rows.map((row) => row.text) })}
        cells={[{ key: 'text', label: t('followups.group_quotes'), hint: t('followups.quote_hint') }]}
      />
    </>
  );
}
