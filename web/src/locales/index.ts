import { createElement, Fragment, type ReactNode } from 'react';
import type zh from './zh-CN';
import type automations from './zh-CN/automations.json';
import type care from './zh-CN/care.json';
import type complaints from './zh-CN/complaints.json';
import type contracts from './zh-CN/contracts.json';
import type deals from './zh-CN/deals.json';
import type designer from './zh-CN/designer.json';
import type exceptions from './zh-CN/exceptions.json';
import type flows from './zh-CN/flows.json';
import type forms from './zh-CN/forms.json';
import type handovers from './zh-CN/handovers.json';
import type ladders from './zh-CN/ladders.json';
import type meeting from './zh-CN/meeting.json';
import type packs from './zh-CN/packs.json';
import type playbook from './zh-CN/playbook.json';
import type pools from './zh-CN/pools.json';
import type process from './zh-CN/process.json';
import type standard from './zh-CN/standard.json';
import type surveys from './zh-CN/surveys.json';

export type Locale = 'zh-CN' | 'en-US';
export const LOCALES: readonly Locale[] = ['zh-CN', 'en-US'];

/** Spaces that are fetched with the one screen that says them. */
interface Late {
  automations: typeof automations;
  contracts: typeof contracts;
  complaints: typeof complaints;
  deals: typeof deals;
  designer: typeof designer;
  exceptions: typeof exceptions;
  flows: typeof flows;
  ladders: typeof ladders;
  forms: typeof forms;
  handovers: typeof handovers;
  meeting: typeof meeting;
  packs: typeof packs;
  playbook: typeof playbook;
  pools: typeof pools;
  process: typeof process;
  standard: typeof standard;
  care: typeof care;
  surveys: typeof surveys;
}
const LATE: Record<Locale, Record<keyof Late, () => Promise<{ default: Record<string, string> }>>> = {
  'zh-CN': {
    automations: () => import('./zh-CN/automations.json'),
    contracts: () => import('./zh-CN/contracts.json'),
    complaints: () => import('./zh-CN/complaints.json'),
    deals: () => import('./zh-CN/deals.json'),
    designer: () => import('./zh-CN/designer.json'),
    exceptions: () => import('./zh-CN/exceptions.json'),
    flows: () => import('./zh-CN/flows.json'),
    ladders: () => import('./zh-CN/ladders.json'),
    forms: () => import('./zh-CN/forms.json'),
    handovers: () => import('./zh-CN/handovers.json'),
    meeting: () => import('./zh-CN/meeting.json'),
    packs: () => import('./zh-CN/packs.json'),
    playbook: () => import('./zh-CN/playbook.json'),
    pools: () => import('./zh-CN/pools.json'),
    process: () => import('./zh-CN/process.json'),
    standard: () => import('./zh-CN/standard.json'),
    care: () => import('./zh-CN/care.json'),
    surveys: () => import('./zh-CN/surveys.json'),
  },
  'en-US': {
    automations: () => import('./en-US/automations.json'),
    contracts: () => import('./en-US/contracts.json'),
    complaints: () => import('./en-US/complaints.json'),
    deals: () => import('./en-US/deals.json'),
    designer: () => import('./en-US/designer.json'),
    exceptions: () => import('./en-US/exceptions.json'),
    flows: () => import('./en-US/flows.json'),
    ladders: () => import('./en-US/ladders.json'),
    forms: () => import('./en-US/forms.json'),
    handovers: () => import('./en-US/handovers.json'),
    meeting: () => import('./en-US/meeting.json'),
    packs: () => import('./en-US/packs.json'),
    playbook: () => import('./en-US/playbook.json'),
    pools: () => import('./en-US/pools.json'),
    process: () => import('./en-US/process.json'),
    standard: () => import('./en-US/standard.json'),
    care: () => import('./en-US/care.json'),
    surveys: () => import('./en-US/surveys.json'),
  },
};

type Messages = typeof zh & Late;
/** `namespace.key`, as in `today.headline`. */
export type Key = { [N in keyof Messages]: `${N}.${keyof Messages[N] & string}` }[keyof Messages];
export type Values = Record<string, string | number>;
type Catalogue = Record<string, Record<string, string>>;

let current: Locale = 'zh-CN';
let catalogue: Catalogue = {};
const fetched = new Set<keyof Late>();

export const locale = (): Locale => current;

export function setCatalogue(language: Locale, messages: Catalogue): void {
  current = language;
  catalogue = messages;
}

/** Load one language; only the chosen one is downloaded. */
export async function loadLocale(language: Locale): Promise<void> {
  const loaded = language === 'en-US' ? await import('./en-US') : await import('./zh-CN');
  setCatalogue(language, loaded.default as unknown as Catalogue);
  await Promise.all([...fetched].map(loadWords));
}

/** Load the words that one screen says, in the language that is chosen by the time they have come. */
export async function loadWords(space: keyof Late): Promise<void> {
  fetched.add(space);
  const language = current;
  const { default: messages } = await LATE[language][space]();
  if (language !== current) return loadWords(space);
  catalogue = { ...catalogue, [space]: messages };
}

/** Puts values into `{name}` and chooses `{n|one|other}` by the number n. */
export function fill(message: string, values: Values): string {
  return message.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one, other) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one === undefined) return String(value);
    return Number(value) === 1 ? one : other;
  });
}

/** The text for a key in the chosen language. */
export function t(key: Key, values: Values = {}): string {
  const [space = '', name = ''] = key.split('.', 2);
  const message = catalogue[space]?.[name];
  return message === undefined ? key : fill(message, values);
}

/** Like `t`, with `<b>…</b>` in the text drawn by the given element. */
export function rich(key: Key, values: Values = {}, className = ''): ReactNode {
  const parts = t(key, values).split(/<b>(.*?)<\/b>/);
  return createElement(
    Fragment,
    null,
    ...parts.map((part, at) => (at % 2 ? createElement('b', { className, key: at }, part) : part)),
  );
}

/** The language of the browser when nothing was chosen: Chinese unless it clearly is not. */
export function guessLocale(languages: readonly string[]): Locale {
  const first = (languages[0] ?? 'zh').toLowerCase();
  return first.startsWith('zh') ? 'zh-CN' : 'en-US';
}
