import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/api/client';
import { useDepartments, useMembers } from '@/api/queries';
import type { CustomerRow, Field, Named, Page } from '@/api/types';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { listed } from '@/lib/shown';
import { idOf, nameOf } from '@/lib/who';
import { t } from '@/locales';
import { Dot } from '../Chip';
import { type Choice, coloured, Pick } from '../Pick';
import { Sheet } from '../Sheet';
import type { Part } from './part';

/** What may be chosen; what was chosen before it went out of use, or before he left, stands with its name too. */
function useChoices(field: Field, chosen: readonly string[]): readonly Choice[] {
  const labels = useLabels();
  const people = useMembers(field.type === 'member');
  const departments = useDepartments(field.type === 'department');
  if (field.type === 'member')
    return (people.data?.items ?? [])
      .filter((one) => one.active || chosen.includes(String(one.id)))
      .map((one) => ({ value: String(one.id), label: one.name, note: one.spelling.join(' ') }));
  if (field.type === 'department')
    return (departments.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.name }));
  const set = field.options ?? '';
  const offered = labels.options(set);
  const retired = chosen.flatMap((key) => {
    const found = labels.option(set, key);
    return found?.retired ? [found] : [];
  });
  return [...offered, ...retired].map((one) => ({
    value: one.key,
    label: one.retired ? t('fields.retired', { name: words(one) }) : words(one),
    color: one.color,
  }));
}

/** A list that has not come yet shows what is chosen by the name it was read with. */
function withChosen(choices: readonly Choice[], field: Field, value: unknown, key: string | null) {
  if (key === null || choices.some((one) => one.value === key)) return choices;
  const label = field.type === 'member' || field.type === 'department' ? nameOf(field.type, value) : key;
  return [...choices, { value: key, label }];
}

/** One option, member, department or entry of a list that is given. */
export function One({ field, value, set, id, choices }: Part) {
  const pointed = field.type === 'member' || field.type === 'department';
  const key = pointed ? idOf(value) : value;
  const chosen = key === null || key === undefined || key === '' ? null : String(key);
  const own = useChoices(field, chosen === null ? [] : [chosen]);
  const numbered = pointed || (choices !== undefined && field.type !== 'option');
  const put = (next: string | null) => set(next !== null && numbered ? Number(next) : next);
  return (
    <Pick
      id={id}
      label={words(field.label)}
      value={chosen}
      choices={withChosen(choices ?? own, field, value, chosen)}
      onChange={put}
    />
  );
}

function Ticks({
  choices,
  chosen,
  set,
}: {
  choices: readonly Choice[];
  chosen: readonly string[];
  set: (next: string[]) => void;
}) {
  return (
    <div className="rf-ticks">
      {choices.map((one) => (
        <label key={one.value}>
          <input
            type="checkbox"
            checked={chosen.includes(one.value)}
            onChange={() =>
              set(
                chosen.includes(one.value)
                  ? chosen.filter((each) => each !== one.value)
                  : [...chosen, one.value],
              )
            }
          />
          <Dot color={one.color} />
          <span className="cut">{one.label}</span>
        </label>
      ))}
      {choices.length ? null : <p className="meta">{t('fields.none')}</p>}
    </div>
  );
}

/** Several options: a searchable list on the desktop, a sheet with ticks on the phone. */
export function Many({ field, value, set, id, choices: given }: Part) {
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const chosen = (value ?? []) as string[];
  const own = useChoices(field, chosen);
  const choices = given ?? own;
  const label = words(field.label);
  const put = (next: string[]) => set(next.length ? next : null);
  if (phone) {
    const names = listed(chosen.map((key) => choices.find((one) => one.value === key)?.label ?? ''));
    return (
      <Sheet
        title={label}
        open={open}
        setOpen={setOpen}
        content={<Ticks choices={choices} chosen={chosen} set={put} />}
      >
        <button type="button" id={id} className="plain pick-phone" aria-label={`${label}：${names}`}>
          <span className="cut">{names}</span>
          <ChevronDown size={16} strokeWidth={1.6} aria-hidden="true" />
        </button>
      </Sheet>
    );
  }
  return (
    <Select<string[]>
      id={id}
      mode="multiple"
      className="pick"
      aria-label={label}
      value={chosen}
      onChange={put}
      options={choices.map((one) => ({ ...one }))}
      showSearch={{ optionFilterProp: 'label' }}
      {...coloured(choices)}
    />
  );
}

/** Words of one's own, parted by Enter, comma or blank. */
export function Tags({ field, value, set, id }: Part) {
  return (
    <Select<string[]>
      id={id}
      mode="tags"
      aria-label={words(field.label)}
      value={(value as string[] | null) ?? []}
      onChange={set}
      tokenSeparators={[',', '，', '、', ' ']}
      open={false}
      suffixIcon={null}
    />
  );
}

const MOST = 20;

/** One customer of those that one may see, found by words of the name. */
export function CustomerPick({ field, value, set, id }: Part) {
  const [sought, setSought] = useState('');
  const found = useQuery({
    queryKey: ['customers', 'pick', sought],
    queryFn: ({ signal }) =>
      api.get<Page<CustomerRow>>('/customers', {
        query: { view: 'all', q: sought || undefined, limit: MOST },
        signal,
      }),
    placeholderData: (old) => old,
  });
  const chosen = idOf(value);
  const [picked, setPicked] = useState<Named | null>(null);
  const named = typeof value === 'object' && value !== null ? (value as Named) : picked;
  const items: Named[] = found.data?.items ?? [];
  const missing = chosen !== null && named?.id === chosen && !items.some((one) => one.id === chosen);
  const offered = missing && named ? [named, ...items] : items;
  return (
    <Select
      id={id}
      className="pick"
      aria-label={words(field.label)}
      value={chosen}
      allowClear={!field.required}
      placeholder={t('own.customer_hint')}
      showSearch={{ filterOption: false, onSearch: setSought }}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? t('common.loading') : t('own.customer_not_found')}
      options={offered.map((one) => ({ value: one.id, label: one.name }))}
      onChange={(next: number | undefined) => {
        setPicked(offered.find((one) => one.id === next) ?? null);
        set(next ?? null);
      }}
    />
  );
}
