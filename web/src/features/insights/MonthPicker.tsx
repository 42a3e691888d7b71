import { ChevronLeft, ChevronRight } from 'lucide-react';
import { monthName, shiftMonth, thisMonth } from '@/lib/figures';
import { t } from '@/locales';

const AHEAD = 12;

/** One month back or ahead; the name leads back to the present one. */
export function MonthPicker({ month, choose }: { month: string; choose: (month: string) => void }) {
  const present = thisMonth();
  return (
    <span className="month-picker">
      <button
        type="button"
        className="icon-act"
        aria-label={t('targets.month_before')}
        title={t('targets.month_before')}
        onClick={() => choose(shiftMonth(month, -1))}
      >
        <ChevronLeft size={17} strokeWidth={1.6} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="plain month-name"
        disabled={month === present}
        title={month === present ? undefined : t('targets.month_this')}
        onClick={() => choose(present)}
      >
        {monthName(month)}
      </button>
      <button
        type="button"
        className="icon-act"
        aria-label={t('targets.month_after')}
        title={t('targets.month_after')}
        disabled={month >= shiftMonth(present, AHEAD)}
        onClick={() => choose(shiftMonth(month, 1))}
      >
        <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
      </button>
    </span>
  );
}
