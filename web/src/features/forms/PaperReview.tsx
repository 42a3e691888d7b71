import { Button, Checkbox, Drawer, Input, Select } from 'antd';
import { Check } from 'lucide-react';
import { useState } from 'react';
import type { Paper, TypeChoice } from '@/api/designs';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { Draft } from './draft';
import { typeName } from './kinds';
import { chooses, listOf, type PaperRow, rowsOf, stands, wrongOf } from './paper';
import './paper.css';

/** What lean on other fields have no place on paper. */
const NOT_ON_PAPER = new Set(['formula', 'lookup', 'link']);

/** What there is to know of a row: whether it is there already, what is wrong, how it was filled in. */
function Note({ row, wrong }: { row: PaperRow; wrong: string | null }) {
  const { known, sample, help } = row.asked;
  if (wrong) return <span className="verm">{wrong}</span>;
  if (known?.here)
    return (
      <span className={known.hidden ? undefined : 'second'}>
        {known.hidden ? null : <Check size={14} strokeWidth={1.8} aria-hidden="true" />}
        {t(known.hidden ? 'forms.paper_hidden' : 'forms.paper_here', { name: words(known.field) })}
      </span>
    );
  if (known)
    return (
      <span className="second">
        {t('forms.paper_elsewhere', { where: words(known.label), name: words(known.field) })}
      </span>
    );
  const text = help || (sample ? t('forms.paper_sample', { text: sample }) : '');
  return text ? <span className="meta fpp-cut">{text}</span> : null;
}

interface Line {
  row: PaperRow;
  wrong: string | null;
  types: readonly TypeChoice[];
  set: (values: Partial<PaperRow>) => void;
}

function Field({ row, wrong, types, set }: Line) {
  const name = row.asked.label;
  const there = stands(row) || Boolean(row.asked.known?.here);
  const own = row.on && !there;
  return (
    <tr data-off={!(row.on || there) || undefined}>
      <td>
        <Checkbox
          checked={row.on || stands(row)}
          disabled={stands(row)}
          aria-label={t('forms.paper_take', { name })}
          onChange={(event) => set({ on: event.target.checked })}
        />
      </td>
      <td>
        {own ? (
          <Input
            value={row.zh}
            maxLength={60}
            status={wrong ? 'error' : undefined}
            aria-label={t('forms.paper_name_of', { name })}
            onChange={(event) => set({ zh: event.target.value })}
          />
        ) : (
          row.zh
        )}
      </td>
      <td>
        {own ? (
          <>
            <Select
              className="fpp-type"
              value={row.type}
              aria-label={t('forms.paper_type_of', { name })}
              options={types
                .filter((one) => !NOT_ON_PAPER.has(one.type))
                .map(({ type }) => ({ value: type, label: typeName(type, types) }))}
              onChange={(type) => set({ type })}
            />
            {chooses(row.type) ? (
              <Input
                className="fpp-options"
                value={row.options}
                placeholder={t('forms.paper_options')}
                aria-label={t('forms.paper_options_of', { name })}
                onChange={(event) => set({ options: event.target.value })}
              />
            ) : null}
            {listOf(row) ? <span className="meta">{t('forms.paper_list')}</span> : null}
          </>
        ) : null}
      </td>
      <td>
        {own ? (
          <Checkbox
            checked={row.required}
            aria-label={t('forms.paper_required_of', { name })}
            onChange={(event) => set({ required: event.target.checked })}
          />
        ) : null}
      </td>
      <td>
        <Note row={row} wrong={wrong} />
      </td>
    </tr>
  );
}

/** The rows in the order of the document, by the headings over them. */
function runsOf(rows: readonly PaperRow[]): { group: string; first: number; last: number }[] {
  const runs: { group: string; first: number; last: number }[] = [];
  for (const [at, { asked }] of rows.entries()) {
    const run = runs.at(-1);
    if (run && run.group === asked.group) run.last = at + 1;
    else runs.push({ group: asked.group, first: at, last: at + 1 });
  }
  return runs;
}

/** What a document would ask, to be put right; nothing happens to the form before it is placed. */
export function PaperReview({
  paper,
  draft,
  types,
  take,
  close,
}: {
  paper: Paper;
  draft: Draft;
  types: readonly TypeChoice[];
  take: (rows: readonly PaperRow[], arrange: boolean) => void;
  close: () => void;
}) {
  const [rows, setRows] = useState(() => rowsOf(paper.fields));
  const [arrange, setArrange] = useState(draft.type !== null);
  const set = (at: number, values: Partial<PaperRow>) =>
    setRows((old) => old.map((row, place) => (place === at ? { ...row, ...values } : row)));
  const wrong = rows.map((row) => {
    const found = wrongOf(row, rows, draft);
    const { known } = row.asked;
    const where = known ? words(known.label) : '';
    return found && t(`forms.paper_${found}`, { where, name: row.zh.trim() });
  });
  const there = rows.filter(stands).length;
  const many = rows.filter((row) => row.on).length;
  const grouped = rows.some((row) => row.asked.group);
  return (
    <Drawer
      open
      size={920}
      onClose={close}
      closable={{ placement: 'end' }}
      title={paper.title || paper.name}
      footer={
        <div className="fpp-foot">
          {there && grouped ? (
            <Checkbox checked={arrange} onChange={(event) => setArrange(event.target.checked)}>
              {t('forms.paper_arrange')}
            </Checkbox>
          ) : null}
          <span className="fd-bar-gap" />
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button
            type="primary"
            disabled={wrong.some(Boolean) || !(many || (arrange && there && grouped))}
            onClick={() => {
              take(rows, arrange && grouped);
              close();
            }}
          >
            {many ? t('forms.paper_do', { n: many }) : t('forms.paper_do_none')}
          </Button>
        </div>
      }
    >
      <p className="song fpp-answer">{t('forms.paper_found', { n: rows.length, there })}</p>
      <p className="second">{t(many ? 'forms.paper_lead' : 'forms.paper_none')}</p>
      {paper.notes.map((note) => (
        <p className="meta" key={note.zh}>
          {words(note)}
        </p>
      ))}
      <table className="fpp">
        <thead>
          <tr>
            <th />
            <th>{t('forms.paper_name')}</th>
            <th>{t('forms.paper_type')}</th>
            <th>{t('forms.paper_required')}</th>
            <th>{t('forms.paper_what')}</th>
          </tr>
        </thead>
        {runsOf(rows).map(({ group, first, last }) => (
          <tbody key={first}>
            {group ? (
              <tr>
                <th colSpan={5} scope="rowgroup">
                  {group}
                </th>
              </tr>
            ) : null}
            {rows.slice(first, last).map((row, at) => (
              <Field
                key={row.asked.label}
                row={row}
                wrong={wrong[first + at] ?? null}
                types={types}
                set={(values) => set(first + at, values)}
              />
            ))}
          </tbody>
        ))}
      </table>
    </Drawer>
  );
}
