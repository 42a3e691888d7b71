import { ArrowDown, ArrowUp } from 'lucide-react';
import { t } from '@/locales';
import { COLUMNS, DEFAULT_COLUMNS } from './columns';

/** Which columns stand in the list, and in which order. */
export function ColumnSettings({ chosen, set }: { chosen: string[]; set: (next: string[]) => void }) {
  const rest = COLUMNS.filter((column) => !chosen.includes(column.key)).map((column) => column.key);
  const move = (at: number, by: number) => {
    const next = [...chosen];
    const [key] = next.splice(at, 1);
    if (key) next.splice(at + by, 0, key);
    set(next);
  };
  return (
    <div className="column-settings">
      <p className="meta">{t('customers.columns_hint')}</p>
      <ul>
        {[...chosen, ...rest].map((key) => {
          const column = COLUMNS.find((one) => one.key === key);
          const at = chosen.indexOf(key);
          if (!column) return null;
          return (
            <li key={key}>
              <label>
                <input
                  type="checkbox"
                  checked={at >= 0}
                  disabled={at >= 0 && chosen.length === 1}
                  onChange={() => set(at >= 0 ? chosen.filter((one) => one !== key) : [...chosen, key])}
                />
                {t(column.label)}
              </label>
              {at >= 0 ? (
                <span>
                  <button
                    type="button"
                    className="icon-act"
                    disabled={at === 0}
                    aria-label={t('customers.move_up')}
                    onClick={() => move(at, -1)}
                  >
                    <ArrowUp size={14} strokeWidth={1.6} />
                  </button>
                  <button
                    type="button"
                    className="icon-act"
                    disabled={at === chosen.length - 1}
                    aria-label={t('customers.move_down')}
                    onClick={() => move(at, 1)}
                  >
                    <ArrowDown size={14} strokeWidth={1.6} />
                  </button>
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      <button type="button" className="act" onClick={() => set(DEFAULT_COLUMNS)}>
        {t('customers.columns_reset')}
      </button>
    </div>
  );
}
