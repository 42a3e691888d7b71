import { ChevronDown } from 'lucide-react';
import { Fragment, useMemo, useState } from 'react';
import { t } from '@/locales';
import type { Numbered } from './changes';
import { type Line, linesOf, numbersAt, runsOf, tied } from './diff';
import { Nr } from './Nr';

function One({
  line,
  id,
  number,
  chosen,
  choose,
}: {
  line: Line;
  /** The change that the line belongs to. */
  id: string | undefined;
  number: Numbered | undefined;
  chosen: boolean;
  choose: (id: string) => void;
}) {
  const Tag = line.sign === '+' ? 'ins' : line.sign === '-' ? 'del' : 'span';
  return (
    <div className="pd-line" data-sign={line.sign} data-of={id} data-chosen={chosen || undefined}>
      <span className="pd-at" aria-hidden="true">
        {line.old}
      </span>
      <span className="pd-at" aria-hidden="true">
        {line.new}
      </span>
      <span className="pd-sign">{line.sign === '-' ? '−' : line.sign}</span>
      <Tag className="pd-text">{line.text}</Tag>
      {number ? (
        <button
          type="button"
          className="plain pd-nr"
          aria-label={t('packs.to_words', { n: number.n })}
          onClick={() => choose(number.id)}
        >
          <Nr n={number.n} />
        </button>
      ) : null}
    </div>
  );
}

/** The configuration before and after, as one text: sign and ground, folded where nothing changes. */
export function Diff({
  text,
  lines: difference,
  changes,
  chosen,
  choose,
}: {
  /** The configuration before. */
  text: string;
  lines: readonly string[];
  changes: readonly Numbered[];
  chosen: string | null;
  choose: (id: string) => void;
}) {
  const lines = useMemo(() => linesOf(text, difference), [text, difference]);
  const runs = useMemo(() => runsOf(lines), [lines]);
  const ties = useMemo(() => tied(lines, changes), [lines, changes]);
  const numbers = useMemo(() => numbersAt(ties, changes), [ties, changes]);
  // By the line before, which stays the same while the lines after a change move.
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  return runs.map((run) => {
    const first = lines[run.from]?.old ?? 0;
    if (run.folded && !open.has(first))
      return (
        <button
          type="button"
          className="plain pd-fold"
          key={`fold${first}`}
          onClick={() => setOpen(new Set([...open, first]))}
        >
          <ChevronDown size={14} strokeWidth={1.6} aria-hidden="true" />
          {t('packs.folded', { n: run.to - run.from })}
        </button>
      );
    return (
      <Fragment key={`run${run.from}`}>
        {lines.slice(run.from, run.to).map((line, place) => {
          const at = run.from + place;
          const id = ties.get(at);
          return (
            <One
              key={`${line.sign}${line.old ?? ''}.${line.new ?? ''}`}
              line={line}
              id={id}
              number={numbers.get(at)}
              chosen={id !== undefined && id === chosen}
              choose={choose}
            />
          );
        })}
      </Fragment>
    );
  });
}
