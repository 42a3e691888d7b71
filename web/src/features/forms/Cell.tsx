import { Copy, EyeOff, GripVertical, Trash2 } from 'lucide-react';
import { type KeyboardEvent, memo } from 'react';
import type { Choice } from '@/components/Pick';
import { RecordForm, WIDE } from '@/components/RecordForm';
import { t } from '@/locales';
import type { Entry } from './draft';
import { asField, drawsItself, slugOf } from './kinds';
import { nameOf } from './names';
import type { Carry } from './use-carry';
import { Whens } from './Whens';

const GHOST = 200;
const nothing = () => {};

/** The row as everybody will see it; what has a screen of its own is only named. */
const Live = memo(function Live({ entry, choices }: { entry: Entry; choices: readonly Choice[] | null }) {
  if (drawsItself(entry.type))
    return (
      <div className="rf-row" data-wide>
        <span className="second">{nameOf(entry)}</span>
        <span className="fd-part meta">{t('forms.part')}</span>
      </div>
    );
  return (
    <RecordForm
      fields={[asField({ ...entry, zh: entry.zh || (entry.en ? '' : t('forms.nameless')) })]}
      values={{ [slugOf(entry)]: entry.settings.default ?? null }}
      choices={choices ? { [slugOf(entry)]: choices } : {}}
      onChange={nothing}
    />
  );
});

/** The place of a row that is not drawn yet. */
function Bare({ entry }: { entry: Entry }) {
  const wide = WIDE.has(entry.type) || drawsItself(entry.type);
  return (
    <div className="rf-row" data-wide={wide || undefined}>
      <span className="second">{nameOf(entry)}</span>
      <span className="fd-blank" />
    </div>
  );
}

export interface CellActs {
  choose: (uid: string) => void;
  copies: (entry: Entry) => boolean;
  copy: (uid: string) => void;
  hide: (uid: string) => void;
  remove: (uid: string) => void;
  press: (event: KeyboardEvent, uid: string) => void;
}

function Tools({ entry, carry, acts }: { entry: Entry; carry: Carry; acts: CellActs }) {
  const name = nameOf(entry);
  return (
    <div className="fd-tools" role="toolbar" aria-label={name}>
      <span
        className="fd-tool fd-grip"
        title={t('forms.drag')}
        aria-hidden="true"
        onPointerDown={(event) =>
          carry.start(event, { kind: 'field', uid: entry.uid }, { box: corner(event), finger: true })
        }
      >
        <GripVertical size={15} strokeWidth={1.6} />
      </span>
      {acts.copies(entry) ? (
        <button
          type="button"
          className="fd-tool"
          aria-label={t('forms.copy_of', { name })}
          title={t('common.copy')}
          onClick={() => acts.copy(entry.uid)}
        >
          <Copy size={15} strokeWidth={1.6} />
        </button>
      ) : null}
      {entry.can.hide ? (
        <button
          type="button"
          className="fd-tool"
          aria-label={t('forms.hide_of', { name })}
          title={t('forms.hide')}
          onClick={() => acts.hide(entry.uid)}
        >
          <EyeOff size={15} strokeWidth={1.6} />
        </button>
      ) : null}
      {entry.can.remove ? (
        <button
          type="button"
          className="fd-tool"
          aria-label={t('forms.remove_of', { name })}
          title={t('common.delete')}
          onClick={() => acts.remove(entry.uid)}
        >
          <Trash2 size={15} strokeWidth={1.6} />
        </button>
      ) : null}
    </div>
  );
}

/** The copy that follows the pointer is a small row under it, however broad the field is. */
export const corner = (event: { clientX: number; clientY: number }) => ({
  left: event.clientX - 24,
  top: event.clientY - 18,
  width: GHOST,
});

/** One field of the form under a handle: the row itself takes no input here. */
export function Cell({
  entry,
  choices,
  whole,
  on,
  first,
  target,
  wrong,
  carry,
  acts,
}: {
  entry: Entry;
  choices: readonly Choice[] | null;
  /** Drawn as it will be, not only its place. */
  whole: boolean;
  on: boolean;
  /** Tab leads here while no field is chosen. */
  first: boolean;
  target: 'before' | 'after' | undefined;
  wrong: string | undefined;
  carry: Carry;
  acts: CellActs | null;
}) {
  const held = carry.held?.kind === 'field' && carry.held.uid === entry.uid;
  return (
    <div
      className="fd-cell"
      data-cell={entry.uid}
      data-group={entry.group}
      data-on={on || undefined}
      data-held={held || undefined}
      data-target={target}
      data-wrong={wrong ? true : undefined}
    >
      <div className="fd-live" inert>
        {whole ? <Live entry={entry} choices={choices} /> : <Bare entry={entry} />}
      </div>
      {entry.visible_when || entry.required_when ? <Whens entry={entry} /> : null}
      {acts ? (
        <button
          type="button"
          className="plain fd-hit"
          aria-label={[nameOf(entry), entry.required ? t('forms.required') : ''].filter(Boolean).join(' ')}
          aria-pressed={on}
          aria-roledescription={t('forms.movable')}
          tabIndex={on || first ? 0 : -1}
          onPointerDown={(event) =>
            carry.start(event, { kind: 'field', uid: entry.uid }, { box: corner(event) })
          }
          onClick={() => {
            if (!carry.moved()) acts.choose(entry.uid);
          }}
          onKeyDown={(event) => acts.press(event, entry.uid)}
          onKeyUp={(event) => {
            // Space picks up; it is no click.
            if (event.key === ' ') event.preventDefault();
          }}
          onBlur={carry.leave}
        />
      ) : null}
      {acts && on ? <Tools entry={entry} carry={carry} acts={acts} /> : null}
      {wrong ? (
        <p className="rf-problem" role="alert">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}
