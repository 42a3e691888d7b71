import { CircleAlert } from 'lucide-react';
import { t } from '@/locales';
import { hide, insert, placeAfter } from './draft';
import type { Designer } from './use-designer';

/** Why publishing was refused, in one sentence over the form; a field that must stay is offered back as hidden. */
export function Refused({ designer }: { designer: Designer }) {
  const { refusals, draft, was, change } = designer;
  if (!refusals.sentence) return null;
  const held = was.fields.filter((field) => refusals.held.includes(field.uid));
  const keep = () => {
    const back = held.reduce((next, field) => insert(next, field, placeAfter(next, null)), draft);
    change(held.reduce((next, field) => hide(next, field.uid), back));
  };
  return (
    <p className="fd-refused" role="alert">
      <CircleAlert size={16} strokeWidth={1.6} aria-hidden="true" />
      <span>{t('forms.refused', { why: refusals.sentence })}</span>
      {held.length ? (
        <button type="button" className="act" onClick={keep}>
          {t('forms.hide_instead')}
        </button>
      ) : null}
    </p>
  );
}
