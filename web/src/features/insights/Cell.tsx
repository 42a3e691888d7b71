import type { Measure, TargetCell } from '@/api/targets';
import { Meter } from '@/components/Meter';
import { Spark } from '@/components/Spark';
import { figure } from '@/lib/figures';
import { words } from '@/lib/names';
import { t } from '@/locales';

/** What the cell says beside its number: behind by how much, on the way, reached. */
export function stateWords(measure: Measure, cell: TargetCell): string {
  if (cell.state === null) return '';
  if (cell.state === 'behind')
    return t('targets.behind', { n: figure(measure, (cell.expected ?? 0) - cell.done) });
  return t(`targets.${cell.state}`);
}

export function State({ measure, cell }: { measure: Measure; cell: TargetCell }) {
  if (cell.target === null) return <span className="cell-none cell-aimless">{t('targets.target_none')}</span>;
  if (cell.state === null) return null;
  return (
    <span className="cell-state" data-state={cell.state}>
      {stateWords(measure, cell)}
    </span>
  );
}

export function Progress({ measure, cell }: { measure: Measure; cell: TargetCell }) {
  if (cell.target === null) return null;
  const numbers = {
    what: words(measure.label),
    done: figure(measure, cell.done),
    target: figure(measure, cell.target),
    expected: figure(measure, cell.expected ?? 0),
  };
  const running = cell.expected !== null && cell.expected < cell.target;
  return (
    <Meter
      done={cell.done}
      target={cell.target}
      expected={cell.state === null ? null : cell.expected}
      label={t(running ? 'targets.meter' : 'targets.meter_plain', numbers)}
    />
  );
}

/** One measure of one person or department: the number opens its rows. */
export function Cell({
  measure,
  cell,
  name,
  open,
  spark = false,
}: {
  measure: Measure;
  cell: TargetCell;
  name: string;
  /** Absent where the rows behind a sum are not the reader's to see. */
  open?: () => void;
  spark?: boolean;
}) {
  const done = figure(measure, cell.done);
  return (
    <div className="cell">
      <span className="cell-line">
        <span className="cell-figures">
          {open ? (
            <button
              type="button"
              className="plain opens"
              aria-label={t('targets.open', { name, what: words(measure.label) })}
              onClick={open}
            >
              {done}
            </button>
          ) : (
            <b>{done}</b>
          )}
          {cell.target === null ? null : <span className="meta"> / {figure(measure, cell.target)}</span>}
        </span>
        <State measure={measure} cell={cell} />
      </span>
      <Progress measure={measure} cell={cell} />
      {spark ? (
        <span
          className="cell-spark"
          title={t('targets.trend', { numbers: cell.trend.map((one) => figure(measure, one)).join(' · ') })}
        >
          <Spark series={cell.trend} width={72} />
        </span>
      ) : null}
    </div>
  );
}
