import { Button } from 'antd';
import { ChevronLeft, Copy } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { ApiError } from '@/api/client';
import {
  lastMonths,
  refreshTargets,
  setTargets,
  sharesOf,
  type TargetTable,
  targetTable,
  useTargetTable,
} from '@/api/targets';
import { TopBar } from '@/app/TopBar';
import { sayWithUndo } from '@/components/batch/undo';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { monthName, thisMonth } from '@/lib/figures';
import { usePhone } from '@/lib/media';
import { say, sayFailure } from '@/lib/notify';
import { useUnsaved } from '@/lib/unsaved';
import { t } from '@/locales';
import { MonthPicker } from './MonthPicker';
import { SetTable } from './SetTable';
import { changes, type Edits, fillIn, keyOf, read, rebased, textOf, typed } from './set-state';
import './insights.css';
import './behind.css';
import './set.css';

/** Numbers that stand in a department's row, typed or stored. */
function numbersIn(table: TargetTable, edits: Edits, id: number): [slug: string, number: number][] {
  const row = table.departments.find((one) => one.id === id);
  if (!row) return [];
  return table.measures.flatMap((measure): [string, number][] => {
    const text = edits[keyOf('department', id, measure.slug)]?.text;
    const found = read(measure, text ?? textOf(measure, row.targets[measure.slug] ?? null));
    return 'number' in found && found.number !== null ? [[measure.slug, found.number]] : [];
  });
}

function useEditing(table: TargetTable) {
  const [edits, setEdits] = useState<Edits>({});
  const [busy, setBusy] = useState(false);
  const { cells, wrong } = changes(table, edits);
  const dirty = cells.length > 0 || wrong > 0;
  useUnsaved(dirty);
  const copy = async () => {
    const proposed = await lastMonths(table.month);
    setEdits((now) => fillIn(table, now, proposed, false));
    say(
      proposed.length ? t('targets.copied', { n: proposed.length }) : t('targets.copied_none'),
      proposed.length ? 'ok' : 'error',
    );
  };
  const spread = async (id: number) => {
    const numbers = numbersIn(table, edits, id);
    if (numbers.length === 0) {
      say(t('targets.spread_none'), 'error');
      return;
    }
    const shares = (await Promise.all(numbers.map(([slug, number]) => sharesOf(id, slug, number)))).flat();
    setEdits((now) => fillIn(table, now, shares, true));
    say(t('targets.spread_done', { n: new Set(shares.map((one) => one.member_id)).size }));
  };
  const save = async () => {
    setBusy(true);
    try {
      const { batch } = await setTargets({ month: table.month, cells });
      sayWithUndo(t('targets.saved', { month: monthName(table.month) }), batch, refreshTargets);
      setEdits({});
      refreshTargets();
    } catch (failure) {
      sayFailure(failure);
      if (failure instanceof ApiError && failure.status === 409) {
        const now = await targetTable(table.month).catch(() => table);
        setEdits((edits) => rebased(now, edits));
      }
    } finally {
      setBusy(false);
    }
  };
  return {
    edits,
    busy,
    cells,
    wrong,
    dirty,
    type: (key: string, text: string) => setEdits((now) => typed(table, now, key, text)),
    discard: () => setEdits({}),
    copy: () => void copy().catch(sayFailure),
    spread: (id: number) => void spread(id).catch(sayFailure),
    save: () => void save(),
  };
}

function Editor({ table, choose }: { table: TargetTable; choose: (month: string) => void }) {
  const phone = usePhone();
  const editing = useEditing(table);
  const { cells, wrong, dirty } = editing;
  const change = (month: string) => {
    if (!dirty || window.confirm(t('common.leave'))) choose(month);
  };
  return (
    <>
      <div className="aim-bar">
        <Link to={`/team?month=${table.month}`} className="set-back">
          <ChevronLeft size={16} strokeWidth={1.6} aria-hidden="true" />
          {t('targets.title')}
        </Link>
        <MonthPicker month={table.month} choose={change} />
        <span className="aim-tools">
          <button type="button" className="act" onClick={editing.copy}>
            <Copy size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('targets.copy')}
          </button>
        </span>
      </div>
      {table.people.length + table.departments.length === 0 ? (
        <EmptyState title={t('targets.nobody_to_set')} hint={t('targets.nobody_to_set_hint')} />
      ) : (
        <div className="sheet aim-sheet set-sheet" data-phone={phone}>
          <SetTable editing={{ table, edits: editing.edits, type: editing.type }} spread={editing.spread} />
        </div>
      )}
      {dirty ? (
        <div className="set-bar" role="status">
          <span className={wrong ? 'verm' : ''}>
            {wrong ? t('targets.wrong', { n: wrong }) : t('targets.changed', { n: cells.length })}
          </span>
          <Button onClick={editing.discard}>{t('targets.discard')}</Button>
          <Button type="primary" loading={editing.busy} disabled={wrong > 0} onClick={editing.save}>
            {t('common.save')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** The table in which a supervisor sets what his people want to reach in a month. */
export function SetPage() {
  const phone = usePhone();
  const [params, setParams] = useSearchParams();
  const month = params.get('month') ?? thisMonth();
  const { data, error, refetch } = useTargetTable(month);
  return (
    <>
      <TopBar
        title={t('targets.table_title', { month: monthName(month) })}
        sentence={phone ? null : t('targets.table_sentence')}
        tools={
          <Link className="act" to={`/team?month=${month}`}>
            {t('targets.title')}
          </Link>
        }
      />
      <div className="aims">
        {error && !data ? <ErrorState failure={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <SkeletonRows rows={8} /> : null}
        {data ? (
          <Editor
            key={data.month}
            table={data}
            choose={(next) => setParams({ month: next }, { replace: true })}
          />
        ) : null}
      </div>
    </>
  );
}
