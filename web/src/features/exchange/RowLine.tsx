import { useState } from 'react';
import type { Fix, ImportRow } from '@/api/exchange';
import { segments, toUnits } from '@/lib/marks';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { datesInWords } from '@/lib/time';
import { t } from '@/locales';
import { cellOf, type Shown } from './import-view';

type Mend = (row: ImportRow, fix: Fix, code: string) => Promise<void>;
type Edit = (row: ImportRow, slug: string, value: string) => Promise<boolean>;

/** A cell that cannot stay as it is may be typed over in place. */
function CellText({ row, cell, edit }: { row: ImportRow; cell: Shown; edit: Edit }) {
  const { slug, text, state } = cellOf(row, cell.key);
  const [typing, setTyping] = useState<string | null>(null);
  if (!state) {
    return cell.key === 'summary' ? (
      <Marked row={row} text={text} />
    ) : (
      <span className="cut">{datesInWords(text)}</span>
    );
  }
  if (typing !== null) {
    const save = () => {
      if (typing.trim() && typing !== text) void edit(row, slug, typing.trim());
      setTyping(null);
    };
    return (
      <input
        // biome-ignore lint/a11y/noAutofocus: the cell was tapped in order to be typed over
        autoFocus
        className="rows-input"
        aria-label={headOf(cell)}
        value={typing}
        onChange={(event) => setTyping(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
          if (event.key === 'Escape') setTyping(null);
        }}
      />
    );
  }
  return (
    <button
      type="button"
      className="rows-cell cut"
      data-state={state}
      title={t('exchange.edit_cell')}
      onClick={() => setTyping(text)}
    >
      {text ? datesInWords(text) : t('exchange.blank')}
    </button>
  );
}

/** The words of a finding are underlined in the text; it never keeps a row out. */
function Marked({ row, text }: { row: ImportRow; text: string }) {
  const marks = row.findings
    .filter((finding) => finding.span && /summary|跟进内容/.test(finding.field))
    .map((finding) => ({ span: toUnits(text, finding.span as [number, number]), tone: 'warning' as const }));
  return (
    <span className="cut" title={text}>
      {segments(text, marks).map((piece) =>
        piece.tone ? (
          <span className="rows-mark" key={piece.at}>
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
    </span>
  );
}

const AT_ONCE = 4;

/** The likeliest repairs as words to tap; a long list of options goes on in a menu. */
function Fixes({ row, fixes, code, mend }: { row: ImportRow; fixes: Fix[]; code: string; mend: Mend }) {
  const first = fixes.length > AT_ONCE + 1 ? fixes.slice(0, AT_ONCE) : fixes;
  const rest = fixes.slice(first.length);
  return (
    <>
      {first.map((fix) => (
        <button
          type="button"
          className="rows-fix"
          key={words(fix.label)}
          data-quiet={fix.separate || undefined}
          onClick={() => void mend(row, fix, code)}
        >
          {datesInWords(words(fix.label))}
        </button>
      ))}
      {rest.length ? (
        <select
          className="rows-more"
          aria-label={t('exchange.more_fixes')}
          value=""
          onChange={(event) => {
            const fix = rest[Number(event.target.value)];
            if (event.target.value !== '' && fix) void mend(row, fix, code);
          }}
        >
          <option value="">{t('exchange.more_fixes')}</option>
          {rest.map((fix, at) => (
            <option key={words(fix.label)} value={at}>
              {words(fix.label)}
            </option>
          ))}
        </select>
      ) : null}
    </>
  );
}

/** What was found and keeps no row out: sentences of the team's form as they are, those of the standard as a number. */
function foundIn({ findings }: ImportRow): string {
  if (!findings.length) return '';
  const form = findings.filter((one) => one.rule === 'missing' || one.rule === 'rule');
  if (form.length < findings.length) return t('exchange.with_findings', { n: findings.length });
  return t('exchange.with_missing', { what: form.map((one) => words(one.message)).join(t('common.list')) });
}

export const headOf = ({ key, label }: Shown): string =>
  label ? words(label) : t(`exchange.head_${key as 'customer'}`);

function Judgement({ row, mend }: { row: ImportRow; mend: Mend }) {
  if (!row.problems.length) {
    return (
      <span className="rows-judge">
        <span className="second">
          {words(row.effect)}
          {foundIn(row)}
        </span>
      </span>
    );
  }
  const skipped = row.problems.find((problem) => problem.fixes?.some((fix) => fix.skip));
  const skip = skipped?.fixes.find((fix) => fix.skip);
  return (
    <span className="rows-judge">
      {row.problems.map((problem) => (
        <span key={`${problem.code}${problem.field}`}>
          <span>
            {datesInWords(words(problem))}
            {t('exchange.stop')}
          </span>
          <Fixes
            row={row}
            fixes={(problem.fixes ?? []).filter((fix) => !fix.skip)}
            code={problem.code}
            mend={mend}
          />
          {skip && problem === row.problems.at(-1) ? (
            <button
              type="button"
              className="rows-fix"
              data-quiet
              onClick={() => void mend(row, skip, skipped?.code ?? '')}
            >
              {words(skip.label)}
            </button>
          ) : null}
        </span>
      ))}
    </span>
  );
}

export function RowLine({
  row,
  cells,
  mend,
  edit,
}: {
  row: ImportRow;
  cells: readonly Shown[];
  mend: Mend;
  edit: Edit;
}) {
  const phone = usePhone();
  const [first] = cells;
  const said = cells.find((cell) => cell.key === 'summary');
  const number = row.part ? `${row.row}.${row.part}` : row.row;
  if (phone) {
    return (
      <div className="rows-card" data-verdict={row.verdict}>
        <p className="rows-card-head">
          <b>{first ? <CellText row={row} cell={first} edit={edit} /> : null}</b>
          <span className="meta">
            {t(`exchange.verdict_${row.verdict}`)} · {t('exchange.row_n', { n: number })}
          </span>
        </p>
        <p className="rows-card-line second">
          {cells
            .filter((cell) => cell !== first && cell !== said)
            .map((cell) => (
              <CellText key={cell.key} row={row} cell={cell} edit={edit} />
            ))}
        </p>
        {said ? (
          <p className="rows-card-text">
            <CellText row={row} cell={said} edit={edit} />
          </p>
        ) : null}
        <Judgement row={row} mend={mend} />
      </div>
    );
  }
  return (
    <div className="rows-row" data-verdict={row.verdict} role="row">
      <span className="rows-no">
        {number}
        <small>{t(`exchange.verdict_${row.verdict}`)}</small>
      </span>
      {cells.map((cell) => (
        <CellText key={cell.key} row={row} cell={cell} edit={edit} />
      ))}
      <Judgement row={row} mend={mend} />
    </div>
  );
}
