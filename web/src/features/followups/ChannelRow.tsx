import { EllipsisVertical } from 'lucide-react';
import type { Option } from '@/api/types';
import { words } from '@/lib/names';
import { t } from '@/locales';

/** The five used most, in the order of the drawing; the rest one tap further. */
const FIRST = ['phone', 'wechat', 'visit', 'meeting', 'online_meeting', 'email'];
const ROOM = 5;

export function split(options: readonly Option[], chosen: string): { row: Option[]; rest: Option[] } {
  const rank = (key: string) => {
    const at = FIRST.indexOf(key);
    return at < 0 ? FIRST.length : at;
  };
  const sorted = [...options].sort((one, two) => rank(one.key) - rank(two.key));
  const row = sorted.slice(0, ROOM);
  const other = sorted.find((option) => option.key === chosen);
  if (other && !row.includes(other)) row[ROOM - 1] = other;
  return { row, rest: sorted.filter((option) => !row.includes(option)) };
}

/** How the contact took place: one tap, never a list. */
export function ChannelRow({
  options,
  value,
  onChange,
}: {
  options: readonly Option[];
  value: string;
  onChange: (key: string) => void;
}) {
  const { row, rest } = split(options, value);
  return (
    <div className="channels" role="radiogroup" aria-label={t('followups.channel')}>
      {row.map((option) => (
        <label key={option.key}>
          <input
            type="radio"
            name="channel"
            checked={option.key === value}
            onChange={() => onChange(option.key)}
          />
          {/* A narrow cell breaks between words, never at the hyphen of “E-mail”. */}
          <span>{words(option).replace('-', '\u2011')}</span>
        </label>
      ))}
      {rest.length ? (
        <span className="channels-rest">
          <EllipsisVertical size={16} strokeWidth={1.6} aria-hidden="true" />
          <select
            aria-label={t('followups.channel_more')}
            value=""
            onChange={(event) => event.target.value && onChange(event.target.value)}
          >
            <option value="">{t('followups.channel_more')}</option>
            {rest.map((option) => (
              <option key={option.key} value={option.key}>
                {words(option)}
              </option>
            ))}
          </select>
        </span>
      ) : null}
    </div>
  );
}
