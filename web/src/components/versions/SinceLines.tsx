import { useState } from 'react';
import type { Since } from '@/api/versions';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import './versions.css';

const SHOWN = 5;

/** What others changed since one's own last contact: five lines, the rest on a tap. */
export function SinceLines({ since }: { since: Since }) {
  const [open, setOpen] = useState(false);
  if (!since.since || !since.items.length) return null;
  const shown = open ? since.items : since.items.slice(0, SHOWN);
  const rest = since.items.length - shown.length;
  const head = since.kind === 'contact' ? 'versions.since_contact' : 'versions.since_visit';
  return (
    <section className="since" aria-label={t(head, { when: formatWhen(since.since) })}>
      <h3>{t(head, { when: formatWhen(since.since) })}</h3>
      <ul>
        {shown.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be equal
          <li key={`${at}${one.at}`}>
            {words(one)}{' '}
            <span className="meta">{[one.by?.name, formatWhen(one.at)].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
      {rest > 0 || open ? (
        <button type="button" className="act" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('versions.since_less') : t('versions.since_more', { n: rest })}
        </button>
      ) : null}
    </section>
  );
}
