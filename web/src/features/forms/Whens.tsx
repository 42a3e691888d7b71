import { useNaming } from '@/components/list/filter/use-naming';
import { partsOf } from '@/lib/filter';
import { sentenceOfNode } from '@/lib/filter-words';
import { t } from '@/locales';
import type { Entry } from './draft';

/** On the form while it is designed: when the field is asked for, and when it is there at all. */
export function Whens({ entry }: { entry: Entry }) {
  const shown = partsOf(entry.visible_when);
  const asked = partsOf(entry.required_when);
  const naming = useNaming([...shown, ...asked]);
  const said = (nodes: typeof shown) =>
    nodes.map((node) => sentenceOfNode(node, naming)).join(` ${t('filters.and')} `);
  const parts = [
    shown.length ? t('forms.shown_while', { v: said(shown) }) : '',
    asked.length ? t('forms.required_while', { v: said(asked) }) : '',
  ].filter(Boolean);
  if (!parts.length) return null;
  const text = parts.join(t('common.list'));
  return (
    <p className="fd-when cut" title={text}>
      {text}
    </p>
  );
}
