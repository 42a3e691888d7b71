import { InputNumber, Select } from 'antd';
import { RotateCcw } from 'lucide-react';
import type { RuleRow, Setting, Severity } from '@/api/standard';
import { words } from '@/lib/names';
import { type Key, t } from '@/locales';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'hint', 'off'];
const LABELS: Record<Severity, Key> = {
  error: 'standard.error',
  warning: 'standard.warning',
  hint: 'standard.hint',
  off: 'standard.off',
};
export const severity = (one: Severity): string => t(LABELS[one]);

function Row({ row, said, set }: { row: RuleRow; said: Setting | undefined; set: (said: Setting) => void }) {
  const name = row.en ? words({ zh: row.zh, en: row.en }) : row.zh;
  const now = { ...row.usual, ...said };
  const counts = now.severity === 'error' || now.severity === 'warning';
  const offered = row.advice ? SEVERITIES.slice(2) : SEVERITIES;
  return (
    <li className={said ? 'st-row st-own' : 'st-row'}>
      <span className="st-name">
        <b>{name}</b>
        <span className="meta">
          {said
            ? t('standard.was', { severity: severity(row.usual.severity), n: row.usual.weight })
            : row.risk
              ? t('standard.risk', { risk: words(row.risk) })
              : row.advice
                ? t('standard.advice')
                : ''}
        </span>
      </span>
      <Select<Severity>
        className="st-severity"
        value={now.severity}
        aria-label={t('standard.severity_of', { name })}
        options={offered.map((one) => ({ value: one, label: severity(one) }))}
        onChange={(value) => set({ severity: value })}
      />
      <InputNumber
        className="st-weight"
        min={0}
        max={100}
        precision={0}
        value={now.weight}
        disabled={!counts}
        suffix={t('standard.points')}
        aria-label={t('standard.weight_of', { name })}
        onChange={(value) => value !== null && set({ weight: value })}
      />
      <button
        type="button"
        className="icon-act"
        disabled={!said}
        aria-label={t('standard.reset_of', { name })}
        title={t('standard.reset')}
        onClick={() => set(row.usual)}
      >
        <RotateCcw size={15} strokeWidth={1.6} aria-hidden="true" />
      </button>
    </li>
  );
}

/** Rules or required cells: how seriously each is taken, and what it costs. */
export function Rules({
  rows,
  said,
  set,
}: {
  rows: readonly RuleRow[];
  said: Record<string, Setting>;
  set: (row: RuleRow, said: Setting) => void;
}) {
  return (
    <ul className="sheet st-rows">
      {rows.map((row) => (
        <Row key={row.key} row={row} said={said[row.key]} set={(value) => set(row, value)} />
      ))}
    </ul>
  );
}
