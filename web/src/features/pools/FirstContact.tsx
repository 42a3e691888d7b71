import { Button } from 'antd';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { WhenPicker } from '@/components/WhenPicker';
import { shiftDay } from '@/lib/calendar';
import { formatWhen, now, wallOf } from '@/lib/time';
import { fromWallText, toWallText } from '@/lib/wall';
import { t } from '@/locales';

/** Ten in the morning of the next day that is no weekend, but no later than the first contact has to be. */
function proposed(most: string | null): string {
  let day = shiftDay(toWallText(now().toISOString()).slice(0, 10), 1);
  while ([0, 6].includes(wallOf(day).weekday)) day = shiftDay(day, 1);
  const at = fromWallText(`${day}T10:00`) ?? now().toISOString();
  return most && at > most ? most : at;
}

/** 领取，并约首次联系: one tap, with the time beside it for whoever wants another. */
export function FirstContact({
  busy,
  most,
  take,
  skip,
}: {
  busy: boolean;
  most: string | null;
  take: (at: string) => void;
  skip: () => void;
}) {
  const [at, setAt] = useState(() => proposed(most));
  return (
    <>
      <WhenPicker value={at} max={most ?? undefined} label={t('pools.first_at')} onChange={setAt}>
        <button type="button" className="plain pool-when">
          <CalendarClock size={15} strokeWidth={1.6} aria-hidden="true" />
          <span>{t('pools.first_at')}</span>
          <b>{formatWhen(at)}</b>
        </button>
      </WhenPicker>
      <div className="pool-buttons">
        <Button type="primary" loading={busy} onClick={() => take(at)}>
          {t('pools.take_and_plan')}
        </Button>
        <Button onClick={skip}>{t('pools.not_now')}</Button>
      </div>
    </>
  );
}
