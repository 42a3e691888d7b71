import { Button, Input } from 'antd';
import { Layers } from 'lucide-react';
import { useState } from 'react';
import { editorOf, type Node } from '@/lib/filter';
import { complete, nodeOf, type Row } from '@/lib/filter-rows';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { useSubject } from '../kind';
import { firstRow, RowEditor } from './RowEditor';

/** Choose a field, then what it shall be; with `first` the line is given. */
export function FilterEditor({
  first,
  apply,
  build,
}: {
  first?: Row;
  apply: (node: Node) => void;
  /** Open the builder, for conditions in groups. */
  build?: () => void;
}) {
  const { labels, record } = useSubject();
  const [row, setRow] = useState<Row | null>(first ?? null);
  const [typed, setTyped] = useState('');
  const field = row ? labels.field(record, row.field) : undefined;
  if (!row || !field) {
    const asked = typed.trim().toLowerCase();
    const fields = labels
      .fields(record)
      .filter((one) => editorOf(one) && words(one.label).toLowerCase().includes(asked));
    return (
      <div className="filter-editor">
        <Input
          autoFocus
          value={typed}
          placeholder={t('customers.filter_field')}
          aria-label={t('customers.filter_field')}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={() => fields[0] && setRow(firstRow(fields[0]))}
        />
        <div className="filter-fields">
          {fields.map((one) => (
            <button
              type="button"
              className="plain filter-field"
              key={one.slug}
              onClick={() => setRow(firstRow(one))}
            >
              {words(one.label)}
            </button>
          ))}
          {fields.length ? null : <p className="meta">{t('filters.no_field')}</p>}
        </div>
        {build ? (
          <button type="button" className="plain filter-field filter-build" onClick={build}>
            <span>
              <Layers size={15} strokeWidth={1.6} aria-hidden="true" /> {t('filters.build')}
            </span>
          </button>
        ) : null}
      </div>
    );
  }
  return (
    <form
      className="filter-editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (complete(row)) apply(nodeOf(row));
      }}
    >
      <b>{words(field.label)}</b>
      <RowEditor field={field} row={row} set={setRow} />
      <div className="filter-foot">
        {first ? null : (
          <button type="button" className="act" onClick={() => setRow(null)}>
            {t('common.back')}
          </button>
        )}
        <Button type="primary" htmlType="submit" disabled={!complete(row)}>
          {t('customers.filter_apply')}
        </Button>
      </div>
    </form>
  );
}
