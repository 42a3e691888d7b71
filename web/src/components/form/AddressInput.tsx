import { Input } from 'antd';
import { useRegions } from '@/api/regions';
import type { Address } from '@/api/types';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { Pick } from '../Pick';
import type { Part } from './part';

const BLANK: Address = { region: [], street: '' };

/** Province and city from the list, district and street typed; a municipality has districts at once. */
export function AddressInput({ field, value, set, id }: Part) {
  const regions = useRegions();
  const { region, street } = (value as Address | null) ?? BLANK;
  const name = words(field.label);
  const [province = '', second = '', third = ''] = region;
  const known = regions.find((one) => one.name === province);
  const cities = known?.cities ?? [];
  const direct = known !== undefined && !cities.length;
  const choices = (names: readonly string[], held: string) =>
    [...names, ...(held && !names.includes(held) ? [held] : [])].map((one) => ({ value: one, label: one }));
  const put = (levels: string[], next = street) => {
    const until = levels.indexOf('');
    const kept = until < 0 ? levels : levels.slice(0, until);
    set(kept.length || next ? { region: kept, street: next } : null);
  };
  const district = (held: string, write: (typed: string) => void) => (
    <Input
      aria-label={`${name}：${t('fields.district')}`}
      placeholder={t('fields.district')}
      maxLength={20}
      disabled={!province || !(direct || second)}
      value={held}
      onChange={(event) => write(event.target.value.replaceAll('/', ''))}
    />
  );
  return (
    <span className="rf-address">
      <Pick
        id={id}
        label={`${name}：${t('fields.province')}`}
        placeholder={t('fields.province')}
        value={province || null}
        choices={choices(
          regions.map((one) => one.name),
          province,
        )}
        onChange={(next) => put(next === province ? region : [next ?? ''])}
      />
      {direct ? null : (
        <Pick
          label={`${name}：${t('fields.city')}`}
          placeholder={t('fields.city')}
          value={second || null}
          choices={choices(cities, second)}
          onChange={(next) => put([province, next ?? ''])}
        />
      )}
      {direct
        ? district(second, (typed) => put([province, typed]))
        : district(third, (typed) => put([province, second, typed]))}
      <Input
        className="rf-street"
        aria-label={`${name}：${t('fields.street')}`}
        placeholder={t('fields.street')}
        dir="auto"
        maxLength={500}
        value={street}
        onChange={(event) => put(region, event.target.value)}
      />
    </span>
  );
}
