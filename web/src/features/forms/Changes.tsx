import { t } from '@/locales';
import type { Change } from './changes';
import { nameOf } from './names';

/** One change in words: what became of the field, and which parts of it are another now. */
export function wordsOf(change: Change): string {
  if (change.kind !== 'changed') return t(`forms.change_${change.kind}`);
  const parts = [...new Set(change.what.map((name) => t(`forms.what_${name}`)))];
  return t('forms.change_changed', { what: parts.join(t('forms.and')) });
}

/** Changes as a list; `marked` stand on both sides. */
export function Changes({ changes, marked }: { changes: readonly Change[]; marked?: ReadonlySet<string> }) {
  return (
    <ul className="fc-list">
      {changes.map((change) => (
        <li key={`${change.kind}${change.uid}`} data-marked={marked?.has(change.uid) || undefined}>
          <b className="cut">{nameOf(change.name)}</b>
          <span className="second">{wordsOf(change)}</span>
        </li>
      ))}
    </ul>
  );
}
