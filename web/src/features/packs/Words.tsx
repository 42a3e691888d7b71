import { useEffect, useRef } from 'react';
import type { PackChange } from '@/api/packs';
import { t } from '@/locales';
import { changesIn, type Numbered, type Part, type Section } from './changes';
import { Nr } from './Nr';
import { countsOf, type Naming, partName, titleOf, wordsOf } from './names';

export interface Ticks {
  left: ReadonlySet<string>;
  /** Changes that a refusal may be about. */
  refused: ReadonlySet<string>;
  /** null: only looked at. */
  leaveOut: ((changes: readonly PackChange[], out: boolean) => void) | null;
  chosen: string | null;
  /** null: there are no lines beside. */
  choose: ((id: string) => void) | null;
  naming: Naming;
}

/** One tick for many changes: all, none, or some of them wanted. */
function TickAll({
  changes,
  name,
  left,
  leaveOut,
}: Pick<Ticks, 'left'> & {
  changes: readonly Numbered[];
  name: string;
  leaveOut: NonNullable<Ticks['leaveOut']>;
}) {
  const box = useRef<HTMLInputElement>(null);
  const out = changes.filter((one) => left.has(one.id)).length;
  useEffect(() => {
    if (box.current) box.current.indeterminate = out > 0 && out < changes.length;
  });
  return (
    <label className="pw-tick">
      <input
        ref={box}
        type="checkbox"
        aria-label={t('packs.want_all', { name })}
        checked={out === 0}
        onChange={() => leaveOut(changes, out === 0)}
      />
    </label>
  );
}

function Change({ one, ticks }: { one: Numbered; ticks: Ticks }) {
  const { left, refused, leaveOut, chosen, choose, naming } = ticks;
  const out = left.has(one.id);
  const title = titleOf(one, naming);
  // The head of a list of options says how many are new.
  const plain = one.section === 'options' && (one.what === 'added' || one.what === 'order');
  const said = out ? t('packs.left') : plain ? '' : wordsOf(one, naming);
  return (
    <li
      className="pw-one"
      data-change={one.id}
      data-left={out || undefined}
      data-chosen={chosen === one.id || undefined}
      data-refused={refused.has(one.id) || undefined}
    >
      {leaveOut ? (
        <label className="pw-tick">
          <input
            type="checkbox"
            aria-label={t('packs.want', { n: one.n, name: title })}
            checked={!out}
            onChange={() => leaveOut([one], !out)}
          />
        </label>
      ) : null}
      <button
        type="button"
        className="plain pw-words"
        disabled={out || !choose}
        onClick={() => choose?.(one.id)}
      >
        <Nr n={one.n} />
        <span>
          <b>{title}</b>
          {said ? <span className="second">{said}</span> : null}
        </span>
      </button>
    </li>
  );
}

function PartOf({ section, part, ticks }: { section: Section; part: Part; ticks: Ticks }) {
  const name = partName(section.key, part.of, ticks.naming);
  const { leaveOut, left } = ticks;
  return (
    <div className="pw-part">
      {name ? (
        <div className="pw-head">
          {leaveOut ? <TickAll changes={part.changes} name={name} left={left} leaveOut={leaveOut} /> : null}
          <h4>{name}</h4>
          <span className="meta">{countsOf(part.changes)}</span>
        </div>
      ) : null}
      <ul className={section.key === 'options' ? 'pw-short' : 'pw-list'}>
        {part.changes.map((one) => (
          <Change key={one.id} one={one} ticks={ticks} />
        ))}
      </ul>
    </div>
  );
}

/** What a pack would change, in plain words by section; each change can be taken out. */
export function Words({ sections, ticks }: { sections: readonly Section[]; ticks: Ticks }) {
  const { leaveOut, left } = ticks;
  return sections.map((section) => {
    const changes = changesIn(section);
    const name = t(`packs.section_${section.key}`);
    return (
      <section className="pw-section" key={section.key}>
        <div className="pw-head pw-top">
          {leaveOut ? <TickAll changes={changes} name={name} left={left} leaveOut={leaveOut} /> : null}
          <h3>{name}</h3>
          <span className="meta">{t('packs.places', { n: changes.length })}</span>
        </div>
        {section.parts.map((part) => (
          <PartOf key={part.of} section={section} part={part} ticks={ticks} />
        ))}
      </section>
    );
  });
}
