import type { Id, MemberRow } from '@/api/types';

/** What is typed after the last @ before the caret; null when no name is being typed there. */
export function asked(text: string, caret: number): { from: number; words: string } | null {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf('@');
  if (from < 0) return null;
  // An address (li@example) is no mention.
  if (from > 0 && /[\w.]/.test(before[from - 1] ?? '')) return null;
  const words = before.slice(from + 1);
  return words.length > 20 || /[\s@，。；：、,;:]/.test(words) ? null : { from, words };
}

/** Members whose name, pinyin or initials begin with or hold what was typed, best first, at most eight. */
export function found(members: readonly MemberRow[], words: string, me: Id): MemberRow[] {
  const typed = words.toLowerCase();
  const rank = (one: MemberRow): number => {
    const [full = '', short = ''] = one.spelling;
    const name = one.name.toLowerCase();
    if (!typed || name.startsWith(typed)) return 0;
    if (full.startsWith(typed) || short.startsWith(typed)) return 1;
    return name.includes(typed) || full.includes(typed) || short.includes(typed) ? 2 : -1;
  };
  return members
    .filter((one) => one.active && one.id !== me)
    .map((one) => ({ one, at: rank(one) }))
    .filter(({ at }) => at >= 0)
    .sort((left, right) => left.at - right.at)
    .slice(0, 8)
    .map(({ one }) => one);
}

/** The text with the chosen name in place of what was typed, and where the caret stands then. */
export function withName(text: string, from: number, caret: number, name: string): [string, number] {
  const put = `@${name} `;
  return [text.slice(0, from) + put + text.slice(caret), from + put.length];
}

/** Of those chosen the ones whose name still stands in the text. */
export function stillNamed<T extends { name: string }>(text: string, chosen: readonly T[]): T[] {
  return chosen.filter((one) => text.includes(`@${one.name}`));
}

/** The text in pieces: plain, or a mention of one of the named. */
export function pieces(text: string, names: readonly string[]): { text: string; named: boolean }[] {
  const tags = [...names].sort((left, right) => right.length - left.length).map((name) => `@${name}`);
  const made: { text: string; named: boolean }[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const tag = text[at] === '@' ? tags.find((one) => text.startsWith(one, at)) : undefined;
    if (tag) {
      if (plain) made.push({ text: plain, named: false });
      made.push({ text: tag, named: true });
      plain = '';
      at += tag.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) made.push({ text: plain, named: false });
  return made;
}
