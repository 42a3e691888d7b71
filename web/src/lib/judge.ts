import type { Address, Field, Range, RichText } from '@/api/types';
import { dayOf, shiftDay, shiftMonth } from './calendar';
import { type Condition, type FilterValue, isCondition, type Node } from './filter';
import { isBlank } from './own';
import { instantOf, now } from './time';
import { fromWallText } from './wall';
import { idOf } from './who';

type Values = Readonly<Record<string, unknown>>;
/** Who fills in the form: `me` and `my_department` stand for him. */
export interface Reader {
  me: number | null;
  ours: number | null;
}

const NEGATED = { ne: 'eq', not_in: 'in', not_empty: 'empty' } as const;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The first day of a relative stretch and the first one after it: `today`, `last_month`, `-7d`. */
function stretch(word: string, today: string): [string, string] | null {
  const shift = /^([+-]\d{1,4})([dwm])$/.exec(word);
  if (shift) {
    const amount = Number(shift[1]);
    const first =
      shift[2] === 'm' ? shiftMonth(today, amount) : shiftDay(today, amount * (shift[2] === 'w' ? 7 : 1));
    return [first, shiftDay(first, 1)];
  }
  const days = { yesterday: -1, today: 0, tomorrow: 1 }[word];
  if (days !== undefined) return [shiftDay(today, days), shiftDay(today, days + 1)];
  const found = /^(?:(last|next)_)?(week|month|quarter|year)$/.exec(word);
  if (!found) return null;
  const by = found[1] === 'last' ? -1 : found[1] === 'next' ? 1 : 0;
  const unit = found[2] as 'week' | keyof typeof MONTHS;
  if (unit === 'week') {
    const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
    const monday = shiftDay(today, by * 7 - weekday);
    return [monday, shiftDay(monday, 7)];
  }
  const months = MONTHS[unit];
  const month = Number(today.slice(5, 7)) - 1;
  const first = shiftMonth(`${today.slice(0, 7)}-01`, by * months - (month % months));
  return [first, shiftMonth(first, months)];
}

const midnight = (day: string): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return instantOf({ year, month, day: date, hour: 0, minute: 0 });
};

/** The stretch that one value of a condition on a day or an instant names, as the field keeps it. */
function bounds(value: unknown, instants: boolean): [string, string] | null {
  const word =
    typeof value === 'object' && value !== null && 'relative' in value ? String(value.relative) : null;
  if (word === null && instants && /[T ]\d{2}:\d{2}/.test(String(value))) {
    const iso = /Z|[+-]\d{2}:\d{2}$/.test(String(value)) ? String(value) : fromWallText(String(value));
    const at = iso === null ? Number.NaN : Date.parse(iso);
    return Number.isNaN(at) ? null : [new Date(at).toISOString(), new Date(at + 60_000).toISOString()];
  }
  const hours = word && instants ? /^([+-]\d{1,4})h$/.exec(word) : null;
  if (hours) {
    const at = now().getTime() + Number(hours[1]) * 3_600_000;
    return [new Date(at).toISOString(), new Date(at + 1).toISOString()];
  }
  const day = String(value);
  const days = word === null ? ([day, shiftDay(day, 1)] as [string, string]) : stretch(word, dayOf(now()));
  if (!days || !instants) return days;
  return [midnight(days[0]), midnight(days[1])];
}

function inTime(
  op: Condition['op'],
  actual: string,
  value: FilterValue | undefined,
  instants: boolean,
): boolean {
  const each = Array.isArray(value) ? value : [value, value];
  const low = bounds(each[0], instants)?.[0];
  const high = bounds(each[1], instants)?.[1];
  if (low === undefined || high === undefined) return false;
  const at = (text: string) => (instants ? Date.parse(text) : text);
  const [is, from, to] = [at(actual), at(low), at(high)];
  if (op === 'lt') return is < from;
  if (op === 'lte') return is < to;
  if (op === 'gt') return is >= to;
  if (op === 'gte') return is >= from;
  return is >= from && is < to;
}

function settled(value: FilterValue | undefined, { me, ours }: Reader): unknown[] {
  const each = Array.isArray(value) ? value : [value];
  return each.map((one) => (one === 'me' ? me : one === 'my_department' ? ours : one));
}

function compared(op: Condition['op'], actual: unknown, wanted: unknown[]): boolean {
  const [first, second] = wanted;
  const low = (text: unknown) => String(text).toLowerCase();
  switch (op) {
    case 'eq':
    case 'in':
      return wanted.includes(actual);
    case 'has':
      return Array.isArray(actual) && actual.includes(first);
    case 'contains':
      return low(actual).includes(low(first));
    case 'starts':
      return low(actual).startsWith(low(first));
    case 'lt':
      return Number(actual) < Number(first);
    case 'lte':
      return Number(actual) <= Number(first);
    case 'gt':
      return Number(actual) > Number(first);
    case 'gte':
      return Number(actual) >= Number(first);
    case 'between':
      return Number(actual) >= Number(first) && Number(actual) <= Number(second);
    default:
      return false;
  }
}

/** A range that is open to one side counts there as its other end. */
function inRange(op: Condition['op'], held: Range, wanted: unknown[]): boolean {
  const low = held.low ?? held.high;
  const high = held.high ?? held.low;
  if (op === 'between') return compared('gte', high, wanted) && compared('lte', low, wanted.slice(1));
  return compared(op, op === 'lt' || op === 'lte' ? low : high, wanted);
}

/** A region holds what lies in it. */
function inRegion(op: Condition['op'], held: Address, wanted: unknown[]): boolean {
  const levels = [...held.region, '', '', ''].slice(0, 3);
  const path = `${levels.map((level) => `${level}/`).join('')}${held.street}`;
  if (op === 'in') return wanted.some((region) => path.startsWith(`${region}/`));
  return compared(op, path, wanted);
}

function one(test: Condition, fields: ReadonlyMap<string, Field>, values: Values, who: Reader): boolean {
  const turned = NEGATED[test.op as keyof typeof NEGATED];
  if (turned) return !one({ ...test, op: turned }, fields, values, who);
  const held = values[test.field];
  const blank = isBlank(held);
  if (test.op === 'empty' || blank) return test.op === 'empty' && blank;
  const type = fields.get(test.field)?.type;
  if (type === 'date' || type === 'datetime')
    return inTime(test.op, String(held), test.value, type === 'datetime');
  if (type === 'money_range') return inRange(test.op, held as Range, settled(test.value, who));
  if (type === 'address') return inRegion(test.op, held as Address, settled(test.value, who));
  if (type === 'rich') return compared(test.op, (held as RichText).text, settled(test.value, who));
  const pointed = type === 'member' || type === 'department' || type === 'contact' || type === 'link';
  return compared(test.op, pointed ? idOf(held) : held, settled(test.value, who));
}

/** Whether values meet a condition of the form, as the server judges it; one that says nothing always holds. */
export function holds(
  node: unknown,
  fields: ReadonlyMap<string, Field>,
  values: Values,
  who: Reader,
): boolean {
  const read = node as Node;
  if (typeof node !== 'object' || node === null || Object.keys(node).length === 0) return true;
  if (isCondition(read)) return one(read, fields, values, who);
  if ('not' in read) return !holds(read.not, fields, values, who);
  if ('and' in read) return read.and.every((part) => holds(part, fields, values, who));
  return read.or.some((part) => holds(part, fields, values, who));
}

/** The fields that stand on the form with these values, each required where its condition holds, or
 *  reminded of until its day. `known`: every field
 *  of the record, whose values conditions may ask about. */
export function standing(
  fields: readonly Field[],
  known: readonly Field[],
  values: Values,
  who: Reader,
): Field[] {
  if (!fields.some((field) => field.visible_when !== undefined || field.required_when !== undefined))
    return [...fields];
  const bySlug = new Map(known.map((field) => [field.slug, field]));
  return fields
    .filter(({ visible_when: when }) => when === undefined || holds(when, bySlug, values, who))
    .map((field) => {
      if (field.required_when === undefined || !holds(field.required_when, bySlug, values, who)) return field;
      const waits = field.required_from !== undefined && dayOf(now()) < field.required_from;
      return waits ? { ...field, reminded: true } : { ...field, required: true };
    });
}
