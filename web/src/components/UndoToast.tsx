import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { undoLast, usePending } from '@/lib/undo';
import { t } from '@/locales';
import './states.css';

/** The last thing done, with the seconds in which it can be taken back. */
export function UndoToast() {
  const last = usePending().at(-1);
  const [, tick] = useState(0);
  useEffect(() => {
    if (!last) return;
    const timer = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(timer);
  }, [last]);
  if (!last) return null;
  const seconds = Math.max(1, Math.ceil((last.until - Date.now()) / 1000));
  return (
    <div className="undo-toast" role="status">
      <Check size={16} strokeWidth={1.6} aria-hidden="true" />
      <span className="cut">{last.text}</span>
      <button type="button" onClick={undoLast}>
        {t('common.undo_seconds', { n: seconds })}
      </button>
    </div>
  );
}
