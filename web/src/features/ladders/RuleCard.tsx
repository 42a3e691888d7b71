import { Select } from 'antd';
import { Plus, Trash2 } from 'lucide-react';
import type { LadderPlan, LadderRule, LadderRung } from '@/api/ladders';
import type { Words } from '@/api/types';
import { UpDown } from '@/components/UpDown';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { RungRow } from './RungRow';

const NEXT: LadderRung = { from: 'due', amount: 1, clock: 'workdays', do: 'copy', to: 'superior' };
const LISTS = [
  ['classes', 'intent_class'],
  ['sources', 'source'],
  ['nodes', 'stage'],
] as const;

/** One rule: of which to-dos, for which customers, and its rungs; in a sentence as it would be told. */
export function RuleCard({
  rule,
  at,
  count,
  plan,
  said,
  wrong,
  set,
  move,
  remove,
}: {
  rule: LadderRule;
  at: number;
  count: number;
  plan: LadderPlan;
  /** The rule in words, and what is wrong with the part of a place (`rungs.1`). */
  said: Words | undefined;
  wrong: (part: string) => string;
  set: (next: LadderRule) => void;
  move: (at: number, by: number) => void;
  remove: () => void;
}) {
  const labels = useLabels();
  const lists = LISTS.filter(([name]) => name !== 'nodes' || rule.kind === 'node_limit');
  const rungs = (next: LadderRung[]) => set({ ...rule, rungs: next });
  return (
    <li className="sheet ld-rule">
      <header>
        <span className="ld-number">{at + 1}</span>
        <Select
          className="ld-kind"
          aria-label={t('ladders.kind')}
          value={rule.kind}
          options={plan.kinds.map((one) => ({ value: one.key, label: words(one) }))}
          onChange={(kind) => set({ ...rule, kind, nodes: kind === 'node_limit' ? rule.nodes : [] })}
        />
        <span className="ld-gap" />
        <UpDown at={at} count={count} move={move} />
        <button
          type="button"
          className="icon-act"
          aria-label={t('ladders.remove', { n: at + 1 })}
          onClick={remove}
        >
          <Trash2 size={16} strokeWidth={1.6} />
        </button>
      </header>
      <div className="ld-whose">
        {lists.map(([name, list]) => (
          <label key={name}>
            <span className="second">{t(`ladders.${name}`)}</span>
            <Select
              mode="multiple"
              aria-label={t(`ladders.${name}`)}
              placeholder={t('ladders.any')}
              value={rule[name]}
              showSearch={{ optionFilterProp: 'label' }}
              options={labels.options(list).map((one) => ({ value: one.key, label: words(one) }))}
              onChange={(keys: string[]) => set({ ...rule, [name]: keys })}
            />
            {wrong(name) ? <span className="verm">{wrong(name)}</span> : null}
          </label>
        ))}
      </div>
      <ol className="ld-rungs">
        {rule.rungs.map((rung, place) => (
          <RungRow
            // biome-ignore lint/suspicious/noArrayIndexKey: two rungs may say the same
            key={place}
            rung={rung}
            at={place}
            roles={plan.roles}
            wrong={wrong(`rungs.${place}`)}
            set={(next) => rungs(rule.rungs.map((one, spot) => (spot === place ? next : one)))}
            remove={() => rungs(rule.rungs.filter((_, spot) => spot !== place))}
          />
        ))}
      </ol>
      {wrong('rungs') || wrong('kind') ? <p className="verm">{wrong('rungs') || wrong('kind')}</p> : null}
      <button type="button" className="act ld-add" onClick={() => rungs([...rule.rungs, NEXT])}>
        <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
        {t('ladders.rung_add')}
      </button>
      {said ? <p className="ld-said">{words(said)}</p> : null}
    </li>
  );
}
