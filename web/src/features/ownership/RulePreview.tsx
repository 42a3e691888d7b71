import { useState } from 'react';
import { Link } from 'react-router';
import { sentenceOf } from '@/api/client';
import type { RulesPreview } from '@/api/ownership';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import type { Draft } from './draft';

/** What the rules would have done with the last customers: who gets how many, what catches nothing, each row. */
export function RulePreview({
  preview,
  failure,
  rules,
}: {
  preview: RulesPreview | undefined;
  failure: unknown;
  rules: readonly Draft[];
}) {
  const [open, setOpen] = useState(false);
  const labels = useLabels();
  if (failure) return <aside className="sheet assign-try verm">{sentenceOf(failure)}</aside>;
  if (!preview) return <aside className="sheet assign-try second">{t('common.loading')}</aside>;
  if (!preview.total) return <aside className="sheet assign-try second">{t('ownership.preview_none')}</aside>;
  const most = Math.max(1, ...preview.people.map((one) => one.count));
  const never = rules.filter((_, at) => preview.rules[at] === 0 && at < rules.length - 1);
  const notes = [
    preview.nobody ? t('ownership.preview_nobody', { n: preview.nobody }) : '',
    preview.without_region ? t('ownership.preview_no_region', { n: preview.without_region }) : '',
  ].filter(Boolean);
  return (
    <aside className="sheet assign-try" aria-live="polite">
      <h2>{t('ownership.preview', { n: preview.total })}</h2>
      <p className="meta">{t('ownership.preview_hint')}</p>
      <ul className="assign-bars">
        {preview.people.map((one) => (
          <li key={one.id}>
            <span className="cut">{one.name}</span>
            <span
              className="assign-bar"
              style={{ width: `${(100 * one.count) / most}%` }}
              aria-hidden="true"
            />
            <span>{t('ownership.preview_many', { n: one.count })}</span>
          </li>
        ))}
      </ul>
      {never.map((one) => (
        <p className="amber" key={one.key}>
          “{one.name}”{t('ownership.preview_never')}
        </p>
      ))}
      {notes.length ? <p className="second">{notes.join('，')}</p> : null}
      <button type="button" className="act assign-each" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'ownership.hide_rows' : 'ownership.show_rows')}
      </button>
      {open ? (
        <ol className="assign-rows">
          {preview.items.map((one) => (
            <li key={one.id}>
              <span className="assign-pair">
                <Link to={`/customers/${one.id}`} className="cut">
                  {one.name}
                </Link>
                <b>{one.member?.name ?? '—'}</b>
              </span>
              <span className="meta">
                {[one.region, labels.label('source', one.source), words(one.reason)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className="meta">
                {one.owner
                  ? t('ownership.preview_now', { name: one.owner.name })
                  : t('ownership.preview_nobody_now')}
              </span>
            </li>
          ))}
        </ol>
      ) : null}
    </aside>
  );
}
