import { Input, Select } from 'antd';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type PoolAsked, type Pools, REASONS, type Reason } from '@/api/pools';
import { Radios } from '@/components/Tabs';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { useSettled } from '@/lib/settled';
import { t } from '@/locales';

interface Props {
  asked: PoolAsked;
  set: (next: PoolAsked) => void;
}
/** Option fields that one may narrow by; the server takes any filter. */
const FIELDS = ['industry', 'intent_class'] as const;
const BEST = JSON.stringify({ field: 'intent_class', op: 'in', value: ['A', 'B'] });

/** The asked without what is empty, so that no filter is none. */
function tidy(asked: PoolAsked): PoolAsked {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value)) as PoolAsked;
}

function useText({ asked, set }: Props): [string, (next: string) => void] {
  const [text, setText] = useState(asked.q ?? '');
  const settled = useSettled(text.trim());
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed asks anew
  useEffect(() => {
    if ((asked.q ?? '') !== settled) set(tidy({ ...asked, q: settled }));
  }, [settled]);
  return [text, setText];
}

/** Search and filters over the list of the desktop. */
export function Tools({ asked, set, pools }: Props & { pools: Pools['pools'] }) {
  const labels = useLabels();
  const [text, setText] = useText({ asked, set });
  const [chosen, setChosen] = useState<Record<string, string[]>>({});
  const narrow = (field: string, values: string[]) => {
    const next = { ...chosen, [field]: values };
    setChosen(next);
    const parts = FIELDS.filter((each) => next[each]?.length).map((each) => ({
      field: each,
      op: 'in',
      value: next[each],
    }));
    const filter = parts.length ? JSON.stringify(parts.length === 1 ? parts[0] : { and: parts }) : undefined;
    set(tidy({ ...asked, filter }));
  };
  return (
    <div className="pool-tools">
      <Input
        className="pool-search"
        prefix={<Search size={15} strokeWidth={1.6} aria-hidden="true" />}
        placeholder={t('pools.search')}
        aria-label={t('pools.search')}
        allowClear
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {pools.length > 1 ? (
        <Select
          allowClear
          aria-label={t('pools.which')}
          placeholder={t('pools.which')}
          value={asked.pool_id ?? null}
          options={pools.map((one) => ({ value: one.id, label: `${one.name} ${one.count}` }))}
          onChange={(pool_id) => set(tidy({ ...asked, pool_id: pool_id ?? undefined }))}
        />
      ) : null}
      <Select<Reason | null>
        allowClear
        aria-label={t('pools.reason')}
        placeholder={t('pools.reason')}
        value={asked.key ?? null}
        options={REASONS.map((one) => ({ value: one, label: t(`pools.reason_${one}`) }))}
        onChange={(key) => set(tidy({ ...asked, key: key ?? undefined }))}
      />
      {FIELDS.filter((field) => labels.reads('customer', field)).map((field) => {
        const name = words(labels.field('customer', field)?.label);
        return (
          <Select
            key={field}
            mode="multiple"
            maxTagCount="responsive"
            aria-label={name}
            placeholder={name}
            value={chosen[field] ?? []}
            showSearch={{ optionFilterProp: 'label' }}
            options={labels.options(field).map((one) => ({ value: one.key, label: words(one) }))}
            onChange={(values: string[]) => narrow(field, values)}
          />
        );
      })}
    </div>
  );
}

const CHIPS = ['all', 'best', ...REASONS] as const;

/** The same on the phone: one row of chips. */
export function PhoneTools({ asked, set }: Props) {
  const labels = useLabels();
  const classes = labels.reads('customer', 'intent_class');
  const chips = CHIPS.filter((one) => one !== 'undone' && (one !== 'best' || classes));
  const value = asked.key ?? (asked.filter ? 'best' : 'all');
  return (
    <Radios
      className="pool-chips"
      each="pool-chip"
      label={t('pools.reason')}
      value={value}
      onChange={(one) => set(one === 'all' ? {} : one === 'best' ? { filter: BEST } : { key: one as Reason })}
      choices={chips.map((one) => ({
        key: one,
        label: t(one === 'all' || one === 'best' ? `pools.chip_${one}` : `pools.reason_${one}`),
      }))}
    />
  );
}
