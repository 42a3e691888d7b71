import type { Measure, PlaceCell, TargetCell, TeamMonth, Whose } from '@/api/targets';
import { Spark } from '@/components/Spark';
import { figure, figureWithUnit } from '@/lib/figures';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { Progress, State } from './Cell';
import { Means } from './Means';

/** What stands on top: the widest department one sees, else one's own row. */
export interface Whole {
  name: string;
  cells: Record<string, TargetCell | PlaceCell>;
  whose: Whose;
  opens: boolean;
}

export function wholeOf(data: TeamMonth, me: number): Whole | null {
  const [place] = data.departments;
  if (place) {
    return { name: place.name, cells: place.cells, whose: { department_id: place.id }, opens: place.opens };
  }
  const own = data.people.find((one) => one.id === me) ?? data.people[0];
  const name = own?.id === me ? t('targets.you') : own?.name;
  return own && name ? { name, cells: own.cells, whose: { member_id: own.id }, opens: true } : null;
}

/** The month in one sentence: what is behind by how much, or that nothing is. */
export function headline(data: TeamMonth, whole: Whole): string {
  const aimed = data.measures.flatMap((measure) => {
    const cell = whole.cells[measure.slug];
    return cell?.state ? [{ measure, cell }] : [];
  });
  if (aimed.length === 0) return '';
  const late = aimed.filter(({ cell }) => cell.state === 'behind');
  if (late.length === 0) {
    const all = aimed.every(({ cell }) => cell.state === 'reached');
    return t(all ? 'targets.head_reached' : 'targets.head_on', { name: whole.name });
  }
  const parts = late.map(({ measure, cell }) =>
    t('targets.head_part', {
      what: words(measure.label),
      n: figureWithUnit(measure, (cell.expected ?? 0) - cell.done),
    }),
  );
  return t('targets.head_behind', { name: whole.name, what: parts.join(t('targets.comma')) });
}

function Card({
  measure,
  whole,
  open,
}: {
  measure: Measure;
  whole: Whole;
  open: (measure: Measure, whose: Whose, name: string) => void;
}) {
  const cell = whole.cells[measure.slug];
  if (!cell) return null;
  const what = words(measure.label);
  const done = figure(measure, cell.done);
  const members = 'own' in cell && cell.own ? cell.members_target : null;
  return (
    <div className="figure-card">
      <span className="figure-head">
        {what}
        <Means what={what} text={words(measure.means)} />
      </span>
      <span className="figure-line">
        <span>
          {whole.opens ? (
            <button
              type="button"
              className="plain opens figure-big"
              aria-label={t('targets.open', { name: whole.name, what })}
              onClick={() => open(measure, whole.whose, whole.name)}
            >
              {done}
            </button>
          ) : (
            <b className="figure-big">{done}</b>
          )}
          {measure.money ? null : <span className="second"> {words(measure.unit)}</span>}
        </span>
        <Spark series={cell.trend} width={88} />
      </span>
      <Progress measure={measure} cell={cell} />
      <p className="figure-words">
        <State measure={measure} cell={cell} />
        {cell.target === null ? null : (
          <span>{t('targets.target', { n: figure(measure, cell.target) })}</span>
        )}
        {cell.target !== null && cell.state && cell.expected !== null && cell.expected < cell.target ? (
          <span>{t('targets.expected', { n: figure(measure, cell.expected) })}</span>
        ) : null}
        {members !== null && members !== undefined && members !== cell.target ? (
          <span>{t('targets.members_target', { n: figure(measure, members) })}</span>
        ) : null}
      </p>
    </div>
  );
}

/** The whole month of a department (or of oneself) as one row of figures. */
export function Summary({
  data,
  whole,
  open,
}: {
  data: TeamMonth;
  whole: Whole;
  open: (measure: Measure, whose: Whose, name: string) => void;
}) {
  return (
    <div className="sheet figure-cards">
      {data.measures.map((measure) => (
        <Card key={measure.slug} measure={measure} whole={whole} open={open} />
      ))}
    </div>
  );
}
