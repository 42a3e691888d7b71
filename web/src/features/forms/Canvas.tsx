import { GripVertical, Monitor, PencilLine, Plus, Smartphone } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { Radios } from '@/components/Tabs';
import { t } from '@/locales';
import { Cell, type CellActs, corner } from './Cell';
import { type Draft, type Entry, type Part, partsOf } from './draft';
import { asChoices } from './kinds';
import { groupName, nameOf } from './names';
import { keyOf } from './places';
import type { Refusals } from './refusals';
import { TryOut } from './TryOut';
import type { Carry } from './use-carry';
import { useGrowing } from './use-growing';

export type Device = 'desk' | 'phone';

interface Drawn {
  draft: Draft;
  selected: string | null;
  refusals: Refusals;
  carry: Carry;
  /** null: only to look at. */
  acts: (CellActs & { addGroup: () => void; pressGroup: CellActs['press'] }) | null;
}

function GroupHead({ part, drawn }: { part: Part; drawn: Drawn }) {
  const { draft, selected, refusals, carry, acts } = drawn;
  const name = groupName(draft, part.key);
  const uid = `group:${part.key}`;
  const item = { kind: 'group', key: part.key } as const;
  const wrong = refusals.at[uid];
  const aimed = part.fields.length === 0 && carry.over === keyOf({ group: part.key, before: null });
  return (
    <div
      className="fd-head"
      data-head={part.key}
      data-on={selected === uid || undefined}
      data-target={aimed ? 'after' : undefined}
    >
      {acts ? (
        <button
          type="button"
          className="plain fd-head-name"
          aria-pressed={selected === uid}
          aria-roledescription={t('forms.movable')}
          onPointerDown={(event) => part.fields.length && carry.start(event, item, { box: corner(event) })}
          onClick={() => {
            if (!carry.moved()) acts.choose(uid);
          }}
          onKeyDown={(event) => acts.pressGroup(event, part.key)}
          onKeyUp={(event) => {
            if (event.key === ' ') event.preventDefault();
          }}
          onBlur={carry.leave}
        >
          <GripVertical className="fd-head-grip" size={15} strokeWidth={1.6} aria-hidden="true" />
          <h3>{name}</h3>
        </button>
      ) : (
        <h3>{name}</h3>
      )}
      {wrong ? (
        <p className="rf-problem" role="alert">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}

/** What the target line hangs on: the field it stands before, or the last of the group. */
function targetOf(part: Part, entry: Entry, over: string | null): 'before' | 'after' | undefined {
  if (over === keyOf({ group: part.key, before: entry.uid })) return 'before';
  const last = part.fields.at(-1) === entry;
  return last && over === keyOf({ group: part.key, before: null }) ? 'after' : undefined;
}

function Group({ part, drawn, from, whole }: { part: Part; drawn: Drawn; from: number; whole: number }) {
  const { draft, selected, refusals, carry, acts } = drawn;
  const carried = carry.held?.kind === 'group';
  return (
    <section
      className="fd-group"
      data-part={part.fields.length ? part.key : undefined}
      data-target={carried && carry.over === `>${part.key}` ? 'before' : undefined}
    >
      <GroupHead part={part} drawn={drawn} />
      <div className="rf">
        {part.fields.map((entry, at) => {
          const list = entry.options ? draft.lists[entry.options] : undefined;
          return (
            <Cell
              key={entry.uid}
              entry={entry}
              choices={list ? asChoices(list.items) : null}
              whole={from + at < whole || selected === entry.uid}
              on={selected === entry.uid}
              first={from + at === 0 && selected === null}
              target={targetOf(part, entry, carry.over)}
              wrong={refusals.at[entry.uid]}
              carry={carry}
              acts={acts}
            />
          );
        })}
      </div>
      {part.fields.length ? null : <p className="fd-empty meta">{t('forms.group_empty')}</p>}
    </section>
  );
}

/** What the system fills in: not on the form, but in lists and on the record. */
function Automatic({ drawn }: { drawn: Drawn }) {
  const fields = drawn.draft.fields.filter((field) => field.auto && !field.hidden);
  const { acts, selected } = drawn;
  if (!fields.length) return null;
  return (
    <section className="fd-auto">
      <h3 className="second">{t('forms.auto', { n: fields.length })}</h3>
      <p>
        {fields.map((field) => (
          <button
            type="button"
            className="plain fd-auto-one"
            key={field.uid}
            disabled={!acts}
            aria-pressed={selected === field.uid}
            onClick={() => acts?.choose(field.uid)}
          >
            {nameOf(field)}
          </button>
        ))}
      </p>
    </section>
  );
}

/** The form itself as the production form draws it, under a layer of handles. */
export function Canvas({
  drawn,
  device,
  setDevice,
  box,
  tools,
  figures,
}: {
  drawn: Drawn;
  device: Device;
  setDevice: (device: Device) => void;
  box: RefObject<HTMLDivElement | null>;
  tools?: React.ReactNode;
  /** What filling it in costs. */
  figures: React.ReactNode;
}) {
  const { draft, carry, acts } = drawn;
  const parts = partsOf(draft);
  const [trying, setTrying] = useState(false);
  const starts: number[] = [];
  const total = parts.reduce((sum, part) => {
    starts.push(sum);
    return sum + part.fields.length;
  }, 0);
  const whole = useGrowing(total);
  return (
    <div className="fd-canvas" ref={box} data-carrying={carry.held ? true : undefined}>
      <div className="fd-canvas-head">
        {tools}
        <Radios<Device>
          className="fd-devices"
          each="plain fd-device"
          label={t('forms.device')}
          value={device}
          onChange={setDevice}
          choices={[
            {
              key: 'desk',
              label: (
                <>
                  <Monitor size={15} strokeWidth={1.6} aria-hidden="true" />
                  {t('forms.desk')}
                </>
              ),
            },
            {
              key: 'phone',
              label: (
                <>
                  <Smartphone size={15} strokeWidth={1.6} aria-hidden="true" />
                  {t('forms.phone')}
                </>
              ),
            },
          ]}
        />
        {acts ? (
          <button
            type="button"
            className="plain fd-device fd-trying"
            aria-pressed={trying}
            onClick={() => setTrying(!trying)}
          >
            <PencilLine size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('forms.try')}
          </button>
        ) : null}
        {figures}
      </div>
      <div className="fd-sheet" data-device={device}>
        {trying ? <TryOut draft={draft} /> : null}
        {trying
          ? null
          : parts.map((part, at) => (
              <Group key={part.key} part={part} drawn={drawn} from={starts[at] ?? 0} whole={whole} />
            ))}
        {carry.held?.kind === 'group' && carry.over === '>' ? (
          <span className="fd-last" data-target="before" />
        ) : null}
        {acts && !trying ? (
          <button type="button" className="act fd-add" onClick={acts.addGroup}>
            <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('forms.group_add')}
          </button>
        ) : null}
        {trying ? null : <Automatic drawn={drawn} />}
      </div>
    </div>
  );
}
