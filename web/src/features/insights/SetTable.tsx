import { Input } from 'antd';
import { Split } from 'lucide-react';
import type { Measure, TargetRow, TargetTable } from '@/api/targets';
import { figure } from '@/lib/figures';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { Means } from './Means';
import { type Edits, type Kind, keyOf, read, textOf } from './set-state';

interface Editing {
  table: TargetTable;
  edits: Edits;
  type: (key: string, text: string) => void;
}

function lastOf(row: TargetRow, measure: Measure): string {
  const done = figure(measure, row.last[measure.slug] ?? 0);
  const target = row.last_targets[measure.slug];
  if (target === null || target === undefined) return t('targets.last', { done });
  return t('targets.last_target', { done, target: figure(measure, target) });
}

/** What the targets of a department's people come to, as they stand in the table now. */
function membersOf({ table, edits }: Editing, measure: Measure, within: Set<number>): number | null {
  const numbers = table.people
    .filter((one) => one.department_id !== null && within.has(one.department_id))
    .map((one) => {
      const text = edits[keyOf('member', one.id, measure.slug)]?.text;
      const found = text === undefined ? { number: one.targets[measure.slug] ?? null } : read(measure, text);
      return 'number' in found ? found.number : null;
    })
    .filter((number) => number !== null);
  return numbers.length ? numbers.reduce((sum, number) => sum + number, 0) : null;
}

/** A department and those that stand deeper behind it. */
export function withinOf(table: TargetTable, id: number): Set<number> {
  const at = table.departments.findIndex((one) => one.id === id);
  const top = table.departments[at];
  if (!top) return new Set([id]);
  const rest = table.departments.slice(at + 1);
  const end = rest.findIndex((one) => one.depth <= top.depth);
  return new Set([id, ...(end < 0 ? rest : rest.slice(0, end)).map((one) => one.id)]);
}

function Field({
  editing,
  kind,
  row,
  measure,
}: {
  editing: Editing;
  kind: Kind;
  row: TargetRow;
  measure: Measure;
}) {
  const key = keyOf(kind, row.id, measure.slug);
  const typed = editing.edits[key]?.text;
  const text = typed ?? textOf(measure, row.targets[measure.slug] ?? null);
  const found = read(measure, text);
  const wrong = 'wrong' in found ? found.wrong : null;
  const changed =
    typed !== undefined &&
    !wrong &&
    'number' in found &&
    found.number !== (row.targets[measure.slug] ?? null);
  const members = kind === 'department' ? membersOf(editing, measure, withinOf(editing.table, row.id)) : null;
  const name = t('targets.cell', { name: row.name, what: words(measure.label) });
  return (
    <span className="set-field" data-changed={changed}>
      <Input
        aria-label={name}
        aria-invalid={wrong !== null}
        status={wrong ? 'error' : ''}
        inputMode={measure.money ? 'decimal' : 'numeric'}
        maxLength={20}
        value={text}
        suffix={<span className="meta">{measure.money ? t('targets.wan') : words(measure.unit)}</span>}
        onChange={(event) => editing.type(key, event.target.value)}
      />
      <span className={wrong ? 'meta verm' : 'meta'}>
        {wrong ??
          (members === null
            ? lastOf(row, measure)
            : t('targets.sum_of_members', { n: figure(measure, members) }))}
      </span>
    </span>
  );
}

/** People and departments against measures; a department's number can be shared among its people. */
export function SetTable({ editing, spread }: { editing: Editing; spread: (id: number) => void }) {
  const { table } = editing;
  const named = new Set(table.departments.map((one) => one.id));
  const place = (row: TargetTable['departments'][number]) => (
    <tr key={`d${row.id}`} className="set-place">
      <th scope="row">
        <span className="set-name">
          <b>{row.name}</b>
          <button
            type="button"
            className="act"
            title={t('targets.spread_hint')}
            onClick={() => spread(row.id)}
          >
            <Split size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('targets.spread')}
          </button>
        </span>
      </th>
      {table.measures.map((measure) => (
        <td key={measure.slug} data-label={words(measure.label)}>
          <Field editing={editing} kind="department" row={row} measure={measure} />
        </td>
      ))}
    </tr>
  );
  const person = (row: TargetTable['people'][number]) => (
    <tr key={row.id}>
      <th scope="row">{row.name}</th>
      {table.measures.map((measure) => (
        <td key={measure.slug} data-label={words(measure.label)}>
          <Field editing={editing} kind="member" row={row} measure={measure} />
        </td>
      ))}
    </tr>
  );
  return (
    <table className="set-table">
      <thead>
        <tr>
          <th scope="col">{t('targets.person')}</th>
          {table.measures.map((measure) => (
            <th key={measure.slug} scope="col">
              {words(measure.label)}
              <Means what={words(measure.label)} text={words(measure.means)} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.people
          .filter((one) => one.department_id === null || !named.has(one.department_id))
          .map(person)}
        {table.departments.map((row) => [
          place(row),
          ...table.people.filter((one) => one.department_id === row.id).map(person),
        ])}
      </tbody>
    </table>
  );
}
