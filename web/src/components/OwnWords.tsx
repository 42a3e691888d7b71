import type { WithOwn } from '@/api/types';
import { words } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { isOwn } from '@/lib/own';
import { shown } from '@/lib/shown';
import './chip.css';

/** What the team's own fields of a record say, in one line: `车型 SUV · 续费 6月12日`; nothing where they are blank. */
export function OwnWords({
  record,
  row,
  labels,
  keys,
  most,
  className = 'cut',
}: {
  record: string;
  row: WithOwn;
  labels: Labels;
  /** Only these, in their order. */
  keys?: readonly string[];
  most?: number;
  className?: string;
}) {
  const fields = keys ? keys.flatMap((key) => labels.field(record, key) ?? []) : labels.fields(record);
  const said = fields.flatMap((field) => {
    const text = isOwn(field.slug) ? shown(field, row[field.slug], labels, null) : null;
    return text ? [{ slug: field.slug, name: words(field.label), text }] : [];
  });
  if (!said.length) return null;
  return (
    <span className={`own-words ${className}`}>
      {said.slice(0, most).map(({ slug, name, text }) => (
        <span key={slug}>
          <span className="faint">{name}</span> {text}
        </span>
      ))}
    </span>
  );
}
