import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { ChevronLeft } from 'lucide-react';
import { type CSSProperties, useState } from 'react';
import {
  ASSIGN,
  type Assign,
  changeRows,
  type Fix,
  type ImportRow,
  type ImportRun,
  importKey,
  type RowChange,
  refusedUrl,
  rowsOf,
  runImport,
  type Verdict,
} from '@/api/exchange';
import { Trouble } from '@/components/ErrorState';
import { More } from '@/components/More';
import { SkeletonRows } from '@/components/Skeletons';
import { Tabs } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { fileName, shares, shownOf, split, VERDICTS } from './import-view';
import { headOf, RowLine } from './RowLine';
import { WizardFrame } from './WizardFrame';
import './rows.css';

/** A repair just made: offered for all rows with the same trouble. */
interface Repaired {
  change: RowChange;
  code: string;
  label: string;
}

function Filters({
  run,
  verdict,
  set,
}: {
  run: ImportRun;
  verdict: Verdict | null;
  set: (one: Verdict | null) => void;
}) {
  const { counts } = run;
  if (!counts) return null;
  const parts = shares(counts);
  return (
    <>
      <div className="rows-bar" aria-hidden="true">
        {VERDICTS.map((one) =>
          parts[one] ? <span key={one} data-verdict={one} style={{ flexGrow: parts[one] }} /> : null,
        )}
      </div>
      <Tabs<Verdict | 'all'>
        className="rows-filters"
        each=""
        value={verdict ?? 'all'}
        onChange={(one) => set(one === 'all' ? null : one)}
        choices={[
          {
            key: 'all',
            label: (
              <>
                {t('common.all')} <span className="meta">{counts.total}</span>
              </>
            ),
          },
          ...VERDICTS.filter((one) => counts[one] > 0 || one === verdict).map((one) => ({
            key: one,
            label: (
              <>
                <span className="rows-dot" data-verdict={one} />
                {t(`exchange.verdict_${one}`)} <span className="meta">{counts[one]}</span>
              </>
            ),
          })),
        ]}
      />
    </>
  );
}

/** Row by row before anything is written: what becomes of it, what is wrong with it, one tap to mend it. */
export function RowsStep({ run, back }: { run: ImportRun; back: () => void }) {
  const phone = usePhone();
  const client = useQueryClient();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [busy, setBusy] = useState(false);
  const [assign, setAssign] = useState<Assign>('me');
  const [repaired, setRepaired] = useState<Repaired | null>(null);
  const rows = useInfiniteQuery({
    queryKey: [...importKey(run.id), 'rows', verdict],
    queryFn: ({ pageParam }) => rowsOf(run.id, verdict, pageParam),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const counts = run.counts ?? { total: 0, ready: 0, confirm: 0, duplicate: 0, refused: 0 };
  const { ready, open } = split(counts);
  const again = () => client.invalidateQueries({ queryKey: importKey(run.id) });

  const change = async (what: RowChange, sameKind?: string): Promise<boolean> => {
    try {
      await changeRows(run.id, [what], sameKind);
      await again();
      return true;
    } catch (failure) {
      sayFailure(failure);
      return false;
    }
  };
  const mend = async (row: ImportRow, fix: Fix, code: string) => {
    const { label, ...rest } = fix;
    const what: RowChange = {
      sheet: row.sheet,
      row: row.row,
      ...(row.part ? { part: row.part } : {}),
      ...rest,
    };
    setRepaired(null);
    if (await change(what)) setRepaired({ change: what, code, label: words(label) });
  };
  const edit = (row: ImportRow, slug: string, value: string) =>
    change({
      sheet: row.sheet,
      row: row.row,
      ...(row.part ? { part: row.part } : {}),
      set: { [slug]: value },
    });

  const run_ = async () => {
    setBusy(true);
    try {
      await runImport(run.id, assign);
      await again();
    } catch (failure) {
      sayFailure(failure);
    } finally {
      setBusy(false);
    }
  };
  const cells = shownOf(run);
  const type = run.target ? words(run.target.label) : '';
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const effects = [
    !run.target && counts.customers_new !== undefined
      ? t('exchange.eff_customers', { n: counts.customers_new, m: counts.customers_update ?? 0 })
      : '',
    counts.followups ? t('exchange.eff_followups', { n: counts.followups }) : '',
    counts.agenda ? t('exchange.eff_agenda', { n: counts.agenda }) : '',
    run.target
      ? t('exchange.eff_records', { type, n: counts.records_new ?? 0, m: counts.records_update ?? 0 })
      : '',
    counts.records_missing ? t('exchange.eff_missing', { n: counts.records_missing }) : '',
  ].filter(Boolean);
  return (
    <WizardFrame
      step={3}
      file={fileName(run)}
      rows={counts.total}
      hint={phone ? t('exchange.nothing_written') : undefined}
      back={back}
      foot={
        <>
          {phone ? null : (
            <>
              <Button icon={<ChevronLeft size={15} />} onClick={back}>
                {t('exchange.previous')}
              </Button>
              <span className="second wz-say">{t('exchange.can_undo')}</span>
            </>
          )}
          {open ? (
            <Button href={refusedUrl(run.id)} download>
              {t('exchange.download', { n: open })}
            </Button>
          ) : null}
          <Button type="primary" loading={busy} disabled={!ready} onClick={() => void run_()}>
            {t('exchange.import_rows', { n: ready })}
          </Button>
        </>
      }
    >
      <div className="wz-lead">
        <p>
          <b>{t('exchange.ready_now', { total: counts.total, n: ready })}</b>
          {open ? <span className="second">{t('exchange.open_later', { n: open })}</span> : null}
        </p>
        {phone ? null : <span className="second">{effects.join('　')}</span>}
      </div>
      {counts.customers_new ? (
        <div className="wz-assign">
          <span className="second" id="wz-assign">
            {t('ownership.import_who')}
          </span>
          <Radio.Group
            aria-labelledby="wz-assign"
            value={assign}
            onChange={(event) => setAssign(event.target.value as Assign)}
            options={ASSIGN.map((one) => ({ value: one, label: t(`ownership.import_${one}`) }))}
          />
        </div>
      ) : null}
      <Filters run={run} verdict={verdict} set={setVerdict} />
      {repaired ? (
        <p className="rows-same" role="status">
          {t('exchange.mended', { label: repaired.label })}
          <button
            type="button"
            className="act"
            onClick={() => void change(repaired.change, repaired.code).then(() => setRepaired(null))}
          >
            {t('exchange.same_all')}
          </button>
        </p>
      ) : null}
      <Trouble query={rows} />
      {rows.isPending ? <SkeletonRows rows={6} height={46} /> : null}
      <div
        className="rows sheet"
        data-list={(!run.target && cells.length < 5) || undefined}
        data-own={run.target ? true : undefined}
        style={{ '--cells': cells.length } as CSSProperties}
        role="table"
        aria-label={t('exchange.step_3')}
      >
        {phone || !items.length ? null : (
          <div className="rows-head meta" role="row">
            <span role="columnheader">{t('exchange.head_row')}</span>
            {cells.map((one) => (
              <span role="columnheader" className="cut" key={one.key}>
                {headOf(one)}
              </span>
            ))}
            <span role="columnheader">{t('exchange.head_judgement')}</span>
          </div>
        )}
        {items.map((row) => (
          <RowLine
            key={`${row.sheet}-${row.row}-${row.part ?? 0}`}
            row={row}
            cells={cells}
            mend={mend}
            edit={edit}
          />
        ))}
        {rows.data && !items.length ? <p className="wz-note second">{t('exchange.no_rows')}</p> : null}
        <More query={rows} />
      </div>
    </WizardFrame>
  );
}
