import { Input, Segmented } from 'antd';
import { useState } from 'react';
import type { Density, ViewColumn } from '@/api/types';
import { UpDown } from '@/components/UpDown';
import { t } from '@/locales';
import { headOf, useKind } from './kind';
import type { Look } from './look';
import { useColumns } from './own-columns';

/** With more columns than this one looks for a name. */
const MANY = 16;

/** Which columns stand in the list, in which order, and how close the rows are. */
export function ColumnSettings({ look, set }: { look: Look; set: (next: Look) => void }) {
  const kind = useKind();
  const all = useColumns(kind.record, kind.columns);
  const [typed, setTyped] = useState('');
  // What was put away or closed stays in the look, so that it comes back with its field.
  const { columns } = look;
  const keys = all.map((column) => column.key);
  const chosen = columns.map((column) => column.key).filter((key) => keys.includes(key));
  const rest = keys.filter((key) => !chosen.includes(key));
  const asked = typed.trim().toLowerCase();
  const put = (next: ViewColumn[]) => set({ ...look, columns: next });
  const move = (at: number, by: number) => {
    const next = [...columns];
    const place = (shown: number) => columns.findIndex((one) => one.key === chosen[shown]);
    const [from, to] = [place(at), place(at + by)];
    const [one] = next.splice(from, 1);
    if (one) next.splice(to, 0, one);
    put(next);
  };
  return (
    <div className="column-settings">
      <Segmented<Density>
        block
        value={look.density}
        onChange={(density) => set({ ...look, density })}
        options={(['roomy', 'tight'] as const).map((value) => ({
          value,
          label: t(`customers.density_${value}`),
        }))}
      />
      <p className="meta">{t('customers.columns_hint')}</p>
      {all.length > MANY ? (
        <Input
          size="small"
          value={typed}
          placeholder={t('fields.find')}
          aria-label={t('fields.find')}
          onChange={(event) => setTyped(event.target.value)}
        />
      ) : null}
      <ul>
        {[...chosen, ...rest].map((key) => {
          const column = all.find((one) => one.key === key);
          const at = chosen.indexOf(key);
          if (!column || !headOf(column).toLowerCase().includes(asked)) return null;
          return (
            <li key={key}>
              <label>
                <input
                  type="checkbox"
                  checked={at >= 0}
                  disabled={at >= 0 && chosen.length === 1}
                  onChange={() =>
                    put(
                      at >= 0 ? columns.filter((one) => one.key !== key) : [...columns, { key, width: null }],
                    )
                  }
                />
                {headOf(column)}
              </label>
              {at >= 0 ? (
                <span>
                  <UpDown at={at} count={chosen.length} move={move} />
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      <button type="button" className="act" onClick={() => set(kind.look)}>
        {t('customers.columns_reset')}
      </button>
    </div>
  );
}
