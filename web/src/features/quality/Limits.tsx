import { InputNumber } from 'antd';
import type { Threshold } from '@/api/standard';
import { words } from '@/lib/names';
import { t } from '@/locales';

/** From where on a rule speaks: hours, characters, turns. */
export function Limits({
  rows,
  said,
  set,
}: {
  rows: readonly Threshold[];
  said: Record<string, number>;
  set: (row: Threshold, value: number) => void;
}) {
  return (
    <ul className="sheet st-rows">
      {rows.map((row) => (
        <li className={row.key in said ? 'st-row st-own' : 'st-row'} key={row.key}>
          <span className="st-name">
            <b>{words(row)}</b>
            <span className="meta">
              {row.key in said
                ? t('standard.limit_was', { n: row.usual })
                : t('standard.limit_range', { least: row.least, most: row.most })}
            </span>
          </span>
          <InputNumber
            className="st-weight"
            min={row.least}
            max={row.most}
            value={said[row.key] ?? row.usual}
            aria-label={words(row)}
            onChange={(value) => value !== null && set(row, value)}
          />
        </li>
      ))}
    </ul>
  );
}
