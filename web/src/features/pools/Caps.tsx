import type { Cap, Pools } from '@/api/pools';
import { Meter } from '@/components/Meter';
import { shortFirm } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';

type All = NonNullable<Pools['caps']>;

function One({ label, cap, note }: { label: string; cap: Cap; note: string }) {
  const figure = cap.most === null ? `${cap.used}` : `${cap.used} / ${cap.most}`;
  return (
    <div className="pool-cap">
      <span className="pool-cap-line">
        <span className="second">{label}</span>
        <span>
          <b>{cap.used}</b>
          {cap.most === null ? null : <span className="faint"> / {cap.most}</span>}
        </span>
      </span>
      <Meter
        done={cap.most === null ? 0 : cap.used}
        target={cap.most ?? 1}
        expected={null}
        label={`${label} ${figure}`}
      />
      <span className="meta cut">{note}</span>
    </div>
  );
}

/** What is used of each cap, and when it empties. */
export function Caps({ caps }: { caps: All }) {
  const { first } = caps;
  return (
    <div className="pool-caps">
      <One label={t('pools.cap_today')} cap={caps.today} note={t('pools.cap_today_note')} />
      <One label={t('pools.cap_held')} cap={caps.held} note={t('pools.cap_held_note')} />
      <One
        label={t('pools.cap_untouched')}
        cap={caps.untouched}
        note={
          first
            ? t('pools.cap_first', { name: shortFirm(first.name), when: formatWhen(first.due_at) })
            : t('pools.cap_untouched_note')
        }
      />
    </div>
  );
}

/** The same on the phone, in one line. */
export function PhoneCaps({ caps }: { caps: All }) {
  const { today, held } = caps;
  return (
    <p className="pool-phone-caps sheet">
      <span>
        {today.most === null ? t('pools.today_free', { n: today.used }) : null}
        {today.most === null ? null : (
          <>
            {t('pools.today_left')} <b>{Math.max(0, today.most - today.used)}</b> {t('pools.firms')}
          </>
        )}
      </span>
      <span className="second">
        {t('pools.cap_held')} {held.most === null ? held.used : `${held.used} / ${held.most}`}
      </span>
    </p>
  );
}
