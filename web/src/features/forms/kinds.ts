import {
  AlignLeft,
  AtSign,
  Banknote,
  Calendar,
  CalendarClock,
  CircleChevronDown,
  CircleHelp,
  FileSymlink,
  Hash,
  Image,
  LetterText,
  Link2,
  ListOrdered,
  type LucideIcon,
  MapPin,
  Moon,
  Network,
  Paperclip,
  Percent,
  Phone,
  Sigma,
  SquareCheck,
  Star,
  Tag,
  TextSearch,
  ToggleLeft,
  Type,
  User,
  WalletCards,
} from 'lucide-react';
import type { TypeChoice } from '@/api/designs';
import type { Field, FieldType } from '@/api/types';
import { capital, words } from '@/lib/names';
import { type Key, t } from '@/locales';
import type { Entry, OptionDraft } from './draft';
import { isOption } from './lists';

/** How each type looks and by which pinyin it is found; words and settings come from the server. */
const KINDS: Record<string, [icon: LucideIcon, spelling: string]> = {
  option: [CircleChevronDown, 'dan xuan'],
  options: [SquareCheck, 'duo xuan'],
  bool: [ToggleLeft, 'shi fou kai guan'],
  tags: [Tag, 'biao qian'],
  rating: [Star, 'ping fen'],
  text: [Type, 'dan hang wen zi'],
  longtext: [AlignLeft, 'duo hang wen zi'],
  rich: [LetterText, 'fu wen ben'],
  number: [Hash, 'shu zi'],
  money: [Banknote, 'jin e'],
  money_range: [WalletCards, 'jin e fan wei'],
  percent: [Percent, 'bai fen bi'],
  date: [Calendar, 'ri qi'],
  datetime: [CalendarClock, 'ri qi he shi jian'],
  lunar_date: [Moon, 'nong li ri qi'],
  member: [User, 'cheng yuan'],
  department: [Network, 'bu men'],
  phone: [Phone, 'dian hua'],
  email: [AtSign, 'you xiang'],
  url: [Link2, 'wang zhi'],
  attachment: [Paperclip, 'fu jian wen jian'],
  picture: [Image, 'tu pian zhao pian'],
  link: [FileSymlink, 'guan lian ji lu'],
  lookup: [TextSearch, 'yin yong zi duan'],
  formula: [Sigma, 'gong shi ji suan'],
  address: [MapPin, 'di zhi di qu sheng shi'],
  serial: [ListOrdered, 'zi dong bian hao liu shui hao'],
};

/** Choices come first: quick to fill in, easy to count. */
const SHELVES: [head: Key, types: string[]][] = [
  ['forms.shelf_choice', ['option', 'options', 'bool', 'rating', 'tags']],
  ['forms.shelf_text', ['text', 'longtext', 'rich', 'attachment', 'picture']],
  ['forms.shelf_number', ['number', 'money', 'money_range', 'percent', 'date', 'datetime', 'lunar_date']],
  ['forms.shelf_people', ['member', 'department', 'phone', 'email', 'url', 'address']],
  ['forms.shelf_link', ['link', 'lookup']],
  ['forms.shelf_given', ['serial', 'formula']],
];

export const iconOf = (type: string): LucideIcon => KINDS[type]?.[0] ?? CircleHelp;
export const spellingOf = (type: string): string => KINDS[type]?.[1] ?? '';

/** The types by shelf; what this screen does not know yet stands at the end. */
export function shelvesOf(types: readonly TypeChoice[]): { head: Key; types: TypeChoice[] }[] {
  const known = new Set(SHELVES.flatMap(([, names]) => names));
  const of = (names: string[]) => names.flatMap((name) => types.find((one) => one.type === name) ?? []);
  return [
    ...SHELVES.map(([head, names]) => ({ head, types: of(names) })),
    { head: 'forms.shelf_other' as const, types: types.filter((one) => !known.has(one.type)) },
  ].filter((shelf) => shelf.types.length > 0);
}

/** The type in words; types of built-in fields that no own one can have too. */
export function typeName(type: string, types: readonly TypeChoice[]): string {
  const found = types.find((one) => one.type === type);
  return found ? capital(words(found.label)) : t('forms.type_other');
}

/** Parts with a screen of their own: the form cannot draw them as a row. */
const PARTS = new Set([
  'needs',
  'objections',
  'qa',
  'risks',
  'quotes',
  'steps',
  'files',
  'members',
  'contacts',
  'richtext',
]);
export const drawsItself = (type: string): boolean => PARTS.has(type);

/** A field stands on the screen under its uid: its key, or what looks like one until the server has given one. */
export const slugOf = (entry: Entry): string => entry.uid;

/** The field as the production form takes it. */
export function asField(entry: Entry): Field {
  const examples = Object.fromEntries(
    (['good', 'bad'] as const).filter((name) => entry[name]).map((name) => [name, entry[name]]),
  );
  return {
    slug: slugOf(entry),
    label: { zh: entry.zh, en: entry.en },
    type: entry.type as FieldType,
    options: entry.options,
    required: entry.required,
    list: true,
    sort: false,
    filter: entry.can.filter,
    group: entry.group,
    help: { zh: entry.help_zh, en: entry.help_en || entry.help_zh },
    read_only: false,
    settings: { ...entry.settings, ...examples },
    ...(entry.visible_when ? { visible_when: entry.visible_when } : {}),
    ...(entry.required_when ? { required_when: entry.required_when } : {}),
  };
}

/** The options of a list as the form offers them. */
export const asChoices = (items: readonly OptionDraft[]) =>
  items
    .filter((item) => !item.retired && isOption(item))
    .map((item) => ({ value: item.key ?? item.uid, label: words(item), color: item.color }));
