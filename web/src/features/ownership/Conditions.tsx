import { Select } from 'antd';
import { X } from 'lucide-react';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { type Asked, conditionWords, FIELDS } from './conditions';
import type { Draft } from './draft';

/** The conditions of a rule; of several values of a field one is enough, of several fields all must fit. */
export function Conditions({ rule, set }: { rule: Draft; set: (next: Partial<Draft>) => void }) {
  const labels = useLabels();
  const { asked } = rule;
  if (asked === null) return <span className="second">{t('ownership.special')}</span>;
  const used = new Set(asked.map((one) => one.field));
  const left = FIELDS.filter((slug) => !used.has(slug));
  const write = (next: Asked[]) => set({ asked: next });
  const change = (at: number, values: string[]) =>
    write(asked.map((one, place) => (place === at ? { ...one, values } : one)));
  if (!rule.mine) return <span>{conditionWords(asked, labels)}</span>;
  return (
    <span className="assign-conditions">
      {asked.map((one, at) => {
        const field = labels.field('customer', one.field);
        const name = field ? words(field.label) : one.field;
        const choices = field?.options ? labels.options(field.options) : null;
        return (
          <span className="assign-condition" key={one.field}>
            <span>{name}</span>
            <Select
              mode={choices ? 'multiple' : 'tags'}
              aria-label={`${name}：${t('ownership.values')}`}
              placeholder={t(choices ? 'ownership.values' : 'ownership.values_text')}
              value={one.values}
              tokenSeparators={[',', '，', '、', ' ']}
              showSearch={{ optionFilterProp: 'label' }}
              options={choices?.map((choice) => ({ value: choice.key, label: words(choice) }))}
              {...(choices ? {} : { open: false, suffixIcon: null })}
              onChange={(values: string[]) => change(at, values)}
            />
            <button
              type="button"
              className="icon-act"
              aria-label={t('ownership.remove_condition', { name })}
              onClick={() => write(asked.filter((_, place) => place !== at))}
            >
              <X size={14} strokeWidth={1.6} />
            </button>
          </span>
        );
      })}
      {asked.length < 3 ? (
        <Select
          className="assign-add"
          aria-label={t('ownership.add_condition')}
          placeholder={`+ ${t('ownership.add_condition')}`}
          value={null}
          options={left.map((slug) => {
            const field = labels.field('customer', slug);
            return { value: slug, label: field ? words(field.label) : slug };
          })}
          onChange={(slug: string | null) => slug && write([...asked, { field: slug, values: [] }])}
        />
      ) : null}
    </span>
  );
}
