import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from './en-US';
import automationsEn from './en-US/automations.json';
import careEn from './en-US/care.json';
import designerEn from './en-US/designer.json';
import exceptionsEn from './en-US/exceptions.json';
import formsEn from './en-US/forms.json';
import handoversEn from './en-US/handovers.json';
import packsEn from './en-US/packs.json';
import playbookEn from './en-US/playbook.json';
import processEn from './en-US/process.json';
import { fill, guessLocale, loadLocale, loadWords, setCatalogue, t } from './index';
import zh from './zh-CN';
import automationsZh from './zh-CN/automations.json';
import careZh from './zh-CN/care.json';
import designerZh from './zh-CN/designer.json';
import exceptionsZh from './zh-CN/exceptions.json';
import formsZh from './zh-CN/forms.json';
import handoversZh from './zh-CN/handovers.json';
import packsZh from './zh-CN/packs.json';
import playbookZh from './zh-CN/playbook.json';
import processZh from './zh-CN/process.json';

type Catalogue = Record<string, Record<string, string>>;
const flat = (catalogue: Catalogue) =>
  Object.entries(catalogue).flatMap(([space, texts]) =>
    Object.entries(texts).map(([key, text]) => [`${space}.${key}`, text] as const),
  );
const Z = new Map(
  flat({
    ...zh,
    automations: automationsZh,
    care: careZh,
    designer: designerZh,
    exceptions: exceptionsZh,
    forms: formsZh,
    handovers: handoversZh,
    packs: packsZh,
    playbook: playbookZh,
    process: processZh,
  } as Catalogue),
);
const E = new Map(
  flat({
    ...en,
    automations: automationsEn,
    care: careEn,
    designer: designerEn,
    exceptions: exceptionsEn,
    forms: formsEn,
    handovers: handoversEn,
    packs: packsEn,
    playbook: playbookEn,
    process: processEn,
  } as Catalogue),
);
const slots = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((hit) => hit[1]))].sort();

describe('the two languages', () => {
  it('have the same keys', () => {
    expect([...E.keys()].sort()).toEqual([...Z.keys()].sort());
  });

  it('take the same values in each sentence', () => {
    const wrong = [...Z].filter(([key, text]) => slots(text).join() !== slots(E.get(key) ?? '').join());
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('hold nothing that no screen says', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
      (path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|^locales|schema\.d/.test(path),
    );
    const code = files.map((path) => readFileSync(`src/${path}`, 'utf8')).join('\n');
    const said = new Set([...code.matchAll(/['"`]([a-z]+\.[a-z0-9_]+)['"`]/g)].map(([, key]) => key));
    // `team.nav_${key}` says whatever begins so.
    const begun = [...code.matchAll(/`([a-z]+\.[a-z0-9_]*)\$\{[^`]*`/g)].map(([, start = '']) => start);
    const unused = [...Z.keys()].filter(
      (key) => !said.has(key) && !begun.some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it('mark the same parts', () => {
    const marks = (text: string) => (text.match(/<b>/g) ?? []).length;
    expect(
      [...Z].filter(([key, text]) => marks(text) !== marks(E.get(key) ?? '')).map(([key]) => key),
    ).toEqual([]);
  });

  it('leave no text empty and no Chinese in English', () => {
    expect([...Z, ...E].filter(([, text]) => !text.trim()).map(([key]) => key)).toEqual([]);
    expect([...E].filter(([, text]) => /[\u4e00-\u9fff]/.test(text)).map(([key]) => key)).toEqual([]);
  });

  it('speak to a colleague: 你, and neither 您 nor exclamation marks nor particles', () => {
    expect([...Z].filter(([, text]) => /[您哦啦！!]|(?<![邀申])请/.test(text)).map(([key]) => key)).toEqual(
      [],
    );
  });
});

describe('filling in', () => {
  it('puts values, chooses the plural, leaves unknown names visible', () => {
    expect(fill('{n} {n|day|days}', { n: 1 })).toBe('1 day');
    expect(fill('{n} {n|day|days}', { n: 3 })).toBe('3 days');
    expect(fill('{a} {b}', { a: 'x' })).toBe('x {b}');
  });

  it('shows the key when a text is missing', () => {
    setCatalogue('zh-CN', {});
    expect(t('common.save')).toBe('common.save');
    setCatalogue('zh-CN', zh as Catalogue);
    expect(t('common.save')).toBe('保存');
  });

  it('brings the words of one screen in the language that was chosen meanwhile', async () => {
    await Promise.all([loadWords('designer'), loadLocale('en-US')]);
    expect(t('designer.publish')).toBe('Publish');
    await loadLocale('zh-CN');
    expect(t('designer.publish')).toBe('发布');
  });

  it('guesses Chinese unless the browser clearly is not', () => {
    expect(guessLocale(['zh-TW', 'en'])).toBe('zh-CN');
    expect(guessLocale([])).toBe('zh-CN');
    expect(guessLocale(['en-GB'])).toBe('en-US');
  });
});
