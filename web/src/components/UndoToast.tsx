import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { usePhone } from '@/lib/media';
import { undoLast, usePending } from '@/lib/undo';
import { t } from '@/locales';

/** The last thing done, with the seconds in which it can be taken back. */
export function UndoToast() {
  const last = usePending().at(-1);
  const phone = usePhone();
  const [, tick] = useState(0);
  useEffect(() => {
    if (!last) return;
    const timer = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(timer);
  }, [last]);
  if (!last) return null;
  const seconds = Math.max(1, Math.ceil((last.until - Date.now()) / 1000));
  return (
    <div className="notice undo-toast">
      <Check size={17} strokeWidth={1.6} aria-hidden="true" />
      <span>{last.text}</span>
      <button type="button" className="notice-act" onClick={undoLast}>
        {t('common.undo_seconds', { n: seconds })}
        {phone ? null : <kbd>Z</kbd>}
      </button>
    </div>
  );
}
