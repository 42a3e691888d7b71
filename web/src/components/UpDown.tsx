import { ArrowDown, ArrowUp } from 'lucide-react';
import { t } from '@/locales';

/** Moves row `at` of `count` rows by one; `move` gets the place and -1 or 1. */
export function UpDown({
  at,
  count,
  move,
}: {
  at: number;
  count: number;
  move: (at: number, by: number) => void;
}) {
  return (
    <>
      <button
        type="button"
        className="icon-act"
        disabled={at === 0}
        aria-label={t('common.move_up')}
        onClick={() => move(at, -1)}
      >
        <ArrowUp size={14} strokeWidth={1.6} />
      </button>
      <button
        type="button"
        className="icon-act"
        disabled={at === count - 1}
        aria-label={t('common.move_down')}
        onClick={() => move(at, 1)}
      >
        <ArrowDown size={14} strokeWidth={1.6} />
      </button>
    </>
  );
}
