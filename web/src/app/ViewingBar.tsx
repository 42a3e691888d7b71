import { Eye } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '@/api/client';
import type { Session } from '@/api/types';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { formatClock, now } from '@/lib/time';
import { t } from '@/locales';

/** Begin anew: nothing of what was seen with others' eyes stays in the memory of the page. */
const afresh = () => window.location.assign('/manage/roles');

/** Stands over every screen while one looks with the eyes of a role; leads back, and goes when the time is over. */
export function ViewingBar({ viewing }: { viewing: NonNullable<Session['viewing']> }) {
  const [busy, setBusy] = useState(false);
  const { role, place, until } = viewing;
  useEffect(() => {
    const left = Math.max(0, Date.parse(until) - now().getTime());
    const timer = setTimeout(afresh, left + 500);
    return () => clearTimeout(timer);
  }, [until]);
  const leave = async () => {
    setBusy(true);
    try {
      await api.delete('/session/view-as');
      afresh();
    } catch (failure) {
      sayFailure(failure);
      setBusy(false);
    }
  };
  return (
    <div className="viewing" role="status">
      <Eye size={17} strokeWidth={1.6} aria-hidden="true" />
      <p>
        {place
          ? t('shell.viewing_at', { role: words(role), place, until: formatClock(until) })
          : t('shell.viewing', { role: words(role), until: formatClock(until) })}
      </p>
      <button type="button" className="act" disabled={busy} onClick={() => void leave()}>
        {t('shell.viewing_leave')}
      </button>
    </div>
  );
}
