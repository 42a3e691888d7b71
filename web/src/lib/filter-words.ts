import type { Field, FieldType } from '@/api/types';
import { type Key, t } from '@/locales';
import { figureWords } from './figure-words';
import { type Condition, isCondition, type Node } from './filter';
import { PERIODS, type Row, rowOf } from './filter-rows';
import { words } from './names';
import type { Labels } from './options';

export interface Naming {
  labels: Labels;
  record: string;
  member: (id: number) => string;
  department: (id: number) => string;
  link: (type: string, id: number) => string;
}

const RAW: Partial<Record<Condition['op'], [figure: Key, day: Key]>> = {
  gt: ['filters.over_words', 'filters.after_words'],
  lt: ['filters.under_words', 'filters.before_words'],
  gte: ['filters.least_words', 'filters.since_words'],
  lte: ['filters.most_words', 'filters.until_words'],
};
const FIGURES: readonly FieldType[] = ['money', 'money_range', 'number', 'percent'];

function one(field: Field | undefined, value: unknown, naming: Naming): string {
  if (field?.type === 'member') return value === 'me' ? t('customers.me') : naming.member(Number(value));
  if (field?.type === 'department')
    return value === 'my_department' ? t('filters.my_department') : naming.department(Number(value));
  if (field?.type === 'option' || field?.type === 'options')
    return naming.labels.label(field.options ?? '', String(value)) || String(value);
  if (field?.type === 'link') return naming.link(field.settings?.to ?? '', Number(value));
  if (field?.type === 'address') return String(value).replaceAll('/', ' ');
  const figure = field && FIGURES.includes(field.type) && typeof value === 'number';
  return figure ? figureWords(field, value, null) : String(value);
}

/** What the line says of its field, without the field's name: 近 7 天, 不含 “样品”, 甲、乙. */
export function sayingWords(row: Row, naming: Naming): string {
  const field = naming.labels.field(naming.record, row.field);
  const [first = '', second = ''] = row.value.map((value) => one(field, value, naming));
  const list = row.value.map((value) => one(field, value, naming)).join(t('common.list'));
  const day = field?.type === 'date' || field?.type === 'datetime';
  switch (row.saying) {
    case 'is':
      return list;
    case 'is_not':
      return t('filters.is_not_words', { v: list });
    case 'contains':
    case 'contains_not':
    case 'starts':
    case 'has':
    case 'has_not':
      return t(`filters.${row.saying}_words`, { v: first });
    case 'least':
      return t(day ? 'filters.since_words' : 'filters.least_words', { v: first });
    case 'most':
      return t(day ? 'filters.until_words' : 'filters.most_words', { v: first });
    case 'range':
      return t('filters.range_words', { a: first, b: second });
    case 'last_days':
    case 'not_last_days':
    case 'next_days':
      return t(`filters.${row.saying}_words`, { n: first });
    case 'period': {
      const known = PERIODS.find((name) => name === row.value[0]);
      return known ? t(`filters.period_${known}`) : String(row.value[0]);
    }
    default:
      return t(`filters.${row.saying}`);
  }
}

/** A condition in two parts, for a chip: 阶段 · 定制方案、谈判签约; null for a group. */
export function chipOf(node: Node, naming: Naming): { name: string; value: string } | null {
  const row = rowOf(node);
  if (!row) return null;
  const field = naming.labels.field(naming.record, row.field);
  return { name: field ? words(field.label) : row.field, value: sayingWords(row, naming) };
}

/** A condition that no line of the builder says, as the API may write one: 预计金额 大于 100 万. */
function rawWords(node: Condition, naming: Naming): string {
  const field = naming.labels.field(naming.record, node.field);
  const name = field ? words(field.label) : node.field;
  const day = field?.type === 'date' || field?.type === 'datetime';
  const value = [node.value]
    .flat()
    .map((each) => one(field, each, naming))
    .join(t('common.list'));
  const said = RAW[node.op];
  return `${name} ${said ? t(said[day ? 1 : 0], { v: value }) : `${node.op} ${value}`}`;
}

/** An expression as a sentence: 客户状态 意向客户 且 最近联系 超过 30 天没有. */
export function sentenceOfNode(node: Node, naming: Naming, inner = false): string {
  const chip = chipOf(node, naming);
  if (chip) return `${chip.name} ${chip.value}`;
  if (isCondition(node)) return rawWords(node, naming);
  if ('not' in node) return t('filters.none_words', { v: sentenceOfNode(node.not, naming) });
  const parts = 'and' in node ? node.and : node.or;
  const joint = t('and' in node ? 'filters.and' : 'filters.or');
  const said = parts.map((part) => sentenceOfNode(part, naming, true)).join(` ${joint} `);
  // Full-width brackets bring their own room.
  const close = said.replace(/ （/g, '（').replace(/） /g, '）');
  return inner && parts.length > 1 ? t('filters.group_words', { v: close }) : close;
}
