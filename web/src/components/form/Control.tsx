import { Input, Switch } from 'antd';
import { words } from '@/lib/names';
import { isOwn } from '@/lib/own';
import { t } from '@/locales';
import { DateInput } from '../DateInput';
import { Radios } from '../Tabs';
import { WhenInput } from '../WhenInput';
import { AddressInput } from './AddressInput';
import { Figure, Money, MoneyRange } from './Figures';
import { FilesInput } from './FilesInput';
import { LinkInput } from './LinkInput';
import { CustomerPick, Many, One, Tags } from './Lists';
import { LunarInput } from './LunarInput';
import type { Part } from './part';
import { RichInput } from './RichInput';
import './control.css';

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** Yes, no, or nothing said: a second press takes the answer back. */
function YesNo({ field, value, set }: Part) {
  const held = value === true ? 'yes' : value === false ? 'no' : null;
  return (
    <Radios<'yes' | 'no'>
      className="rf-scale"
      each=""
      label={words(field.label)}
      value={held}
      onChange={(next) => set(next === held ? null : next === 'yes')}
      choices={[
        { key: 'yes', label: t('fields.yes') },
        { key: 'no', label: t('fields.no') },
      ]}
    />
  );
}

/** 1 to the highest; a second press takes it back. */
function Scale({ field, value, set }: Part) {
  const most = field.settings?.max ?? 5;
  return (
    <Radios<number>
      className="rf-scale"
      each=""
      label={words(field.label)}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => set(next === value ? null : next)}
      choices={Array.from({ length: most }, (_, at) => ({ key: at + 1, label: at + 1 }))}
    />
  );
}

const MODES = { phone: 'tel', email: 'email', url: 'url' } as const;
const HINTS = { email: 'name@example.com', url: 'https://' } as const;

function Line({ field, value, set, id }: Part) {
  const type = field.type as keyof typeof MODES;
  return (
    <Input
      id={id}
      dir="auto"
      inputMode={MODES[type]}
      autoCapitalize={type in MODES ? 'none' : undefined}
      placeholder={HINTS[type as keyof typeof HINTS]}
      maxLength={field.settings?.max_length}
      value={textOf(value)}
      onChange={(event) => set(event.target.value)}
    />
  );
}

/** One way of asking for each type of field. */
export function Control(part: Part) {
  const { field, value, set, id } = part;
  const label = words(field.label);
  switch (field.type) {
    case 'longtext':
      return (
        <Input.TextArea
          id={id}
          dir="auto"
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={field.settings?.max_length}
          value={textOf(value)}
          onChange={(event) => set(event.target.value)}
        />
      );
    case 'number':
    case 'percent':
      return <Figure {...part} />;
    case 'rating':
      return <Scale {...part} />;
    case 'money':
      return <Money {...part} />;
    case 'money_range':
      return <MoneyRange {...part} />;
    case 'date':
      return <DateInput id={id} label={label} value={textOf(value).slice(0, 10)} onChange={set} />;
    case 'datetime':
      return (
        <WhenInput id={id} label={label} value={textOf(value)} onChange={set} onClear={() => set(null)} />
      );
    case 'lunar_date':
      return <LunarInput {...part} />;
    case 'bool':
      return isOwn(field.slug) ? (
        <YesNo {...part} />
      ) : (
        <Switch id={id} checked={Boolean(value)} onChange={set} />
      );
    case 'address':
      return <AddressInput {...part} />;
    case 'rich':
      return <RichInput {...part} />;
    case 'attachment':
    case 'picture':
      return <FilesInput {...part} />;
    case 'link':
      return <LinkInput {...part} />;
    case 'tags':
      return <Tags {...part} />;
    case 'options':
      return <Many {...part} />;
    case 'customer':
      return <CustomerPick {...part} />;
    case 'option':
    case 'member':
    case 'department':
      return <One {...part} />;
    default:
      return part.choices ? <One {...part} /> : <Line {...part} />;
  }
}
