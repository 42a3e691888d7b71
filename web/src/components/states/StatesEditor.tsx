import { Button, Input, Select } from 'antd';
import { Plus, Trash2 } from 'lucide-react';
import { UpDown } from '@/components/UpDown';
import { t } from '@/locales';
import { COLORS, newState, type StateDraft } from './states';
import './states-editor.css';

function Line({
  state,
  states,
  set,
  put,
}: {
  state: StateDraft;
  states: readonly StateDraft[];
  set: (states: StateDraft[]) => void;
  put: (values: Partial<StateDraft>) => void;
}) {
  const at = states.indexOf(state);
  const others = states.filter((one) => one !== state && one.zh.trim());
  const name = state.zh || t('own.state_nr', { n: at + 1 });
  const swap = (to: number) => {
    const next = states.filter((one) => one !== state);
    next.splice(to, 0, state);
    set(next);
  };
  const remove = () =>
    set(
      states
        .filter((one) => one !== state)
        .map((one) => ({ ...one, next: one.next?.filter((uid) => uid !== state.uid) ?? null })),
    );
  return (
    <li className="se-line">
      <Select
        className="se-color"
        aria-label={t('own.state_color', { name })}
        value={state.color}
        popupMatchSelectWidth={false}
        options={COLORS.map((color) => ({
          value: color,
          label: <span className="se-dot" style={{ background: color }} role="img" aria-label={color} />,
        }))}
        onChange={(color) => put({ color })}
      />
      <Input
        value={state.zh}
        maxLength={20}
        aria-label={t('own.state_nr', { n: at + 1 })}
        placeholder={t('own.state_hint')}
        onChange={(event) => put({ zh: event.target.value })}
      />
      <Select
        mode="multiple"
        aria-label={t('own.state_next_of', { name })}
        maxTagCount="responsive"
        value={state.next ?? []}
        placeholder={state.next === null ? t('own.state_any') : t('own.state_end')}
        options={others.map((one) => ({ value: one.uid, label: one.zh }))}
        onChange={(next: string[]) => put({ next: next.length ? next : null })}
      />
      <label className="se-closed">
        <input
          type="checkbox"
          checked={state.closed}
          onChange={() => put({ closed: !state.closed, next: state.closed ? null : [] })}
        />
        {t('own.state_closed')}
      </label>
      <span className="se-acts">
        <UpDown at={at} count={states.length} move={(place, by) => swap(place + by)} />
        <button
          type="button"
          className="icon-act"
          disabled={states.length === 1}
          aria-label={t('own.state_remove', { name })}
          onClick={remove}
        >
          <Trash2 size={15} strokeWidth={1.6} />
        </button>
      </span>
    </li>
  );
}

/** The states of a type in their order: colour, name, what may follow, and whether they end it. */
export function StatesEditor({
  states,
  set,
}: {
  states: readonly StateDraft[];
  set: (states: StateDraft[]) => void;
}) {
  return (
    <div className="se">
      <p className="se-head meta" aria-hidden="true">
        <span>{t('own.state_name')}</span>
        <span>{t('own.state_next')}</span>
      </p>
      <ol>
        {states.map((state) => (
          <Line
            key={state.uid}
            state={state}
            states={states}
            set={set}
            put={(values) => set(states.map((one) => (one.uid === state.uid ? { ...one, ...values } : one)))}
          />
        ))}
      </ol>
      <Button
        icon={<Plus size={15} strokeWidth={1.6} />}
        onClick={() => set([...states, newState('', COLORS[states.length % COLORS.length])])}
      >
        {t('own.state_add')}
      </Button>
    </div>
  );
}
