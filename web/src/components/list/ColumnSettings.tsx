import { Segmented } from 'antd';
import type { Density, ViewColumn } from '@/api/types';
import { UpDown } from '@/components/UpDown';
import { t } from '@/locales';
import { useKind } from './kind';
import type { Look } from './look';

/** Which columns stand in the list, in which order, and how close the rows are. */
export function ColumnSettings({ look, set }: { look: Look; set: (next: Look) => void }) {
  const kind = useKind();
  const { columns } = look;
  const chosen = columns.map((column) => column.key);
  const rest = kind.columns.filter((column) => !chosen.includes(column.key)).map((column) => column.key);
  const put = (next: ViewColumn[]) => set({ ...look, columns: next });
  const move = (at: number, by: number) => {
    const next = [...columns];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + by, 0, one);
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
      <ul>
        {[...chosen, ...rest].map((key) => {
          const column = kind.columns.find((one) => one.key === key);
          const at = chosen.indexOf(key);
          if (!column) return null;
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
                {t(column.label)}
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
