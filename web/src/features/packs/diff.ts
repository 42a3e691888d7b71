import type { Numbered } from './changes';

/** One line of the two configurations laid over each other. */
export interface Line {
  sign: ' ' | '-' | '+';
  /** Its number before and after; null on the side where it is not. */
  old: number | null;
  new: number | null;
  text: string;
}
/** Lines that are shown, or `folded` ones; `to` is behind the last. */
export interface Run {
  folded: boolean;
  from: number;
  to: number;
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+/;
/** So many unchanged lines stand around a change, and fewer than so many are not folded. */
const AROUND = 3;
const FEWEST = 4;

/** All lines before and after: the hunks of the difference, and between them `text`, the configuration before. */
export function linesOf(text: string, difference: readonly string[]): Line[] {
  const before = text.replace(/\n$/, '').split('\n');
  const lines: Line[] = [];
  let [old, fresh] = [0, 0];
  const put = (sign: Line['sign'], said: string) => {
    if (sign !== '+') old += 1;
    if (sign !== '-') fresh += 1;
    lines.push({ sign, old: sign === '+' ? null : old, new: sign === '-' ? null : fresh, text: said });
  };
  const upTo = (last: number) => {
    while (old < last) put(' ', before[old] ?? '');
  };
  for (const line of difference) {
    const head = HUNK.exec(line);
    // Of no lines the hunk tells the line that they would follow.
    if (head) upTo(Number(head[1]) - (head[2] === '0' ? 0 : 1));
    else put((line[0] as Line['sign']) ?? ' ', line.slice(1));
  }
  upTo(before.length);
  return lines;
}

/** What is shown and what is folded: unchanged lines away from every change. */
export function runsOf(lines: readonly Line[]): Run[] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, at) => {
    if (line.sign !== ' ') near.fill(1, Math.max(0, at - AROUND), at + AROUND + 1);
  });
  const runs: Run[] = [];
  for (let from = 0; from < lines.length; ) {
    let to = from;
    while (to < lines.length && near[to] === near[from]) to += 1;
    const folded = !near[from] && to - from >= FEWEST;
    const last = runs.at(-1);
    if (last && last.folded === folded) last.to = to;
    else runs.push({ folded, from, to });
    from = to;
  }
  return runs;
}

/** How deep the items of a section stand; of others at the margin. */
const DEPTH: Record<string, RegExp> = { options: /^ {2}- /, forms: /^ {4}- /, settings: /^ {2}\w+:/ };
const AT_MARGIN = /^- /;
/** What the parts of a form are called in the id of a change. */
const FORM: Record<string, string> = { fields: 'forms', groups: 'groups', rules: 'rules', page: 'pages' };

/** The value of `name` in an item, whether that is written in lines or in braces. */
function said(text: string, name: string): string {
  const plain = new RegExp(`^(?:[- ]*)${name}: (.+)$`, 'm').exec(text)?.[1];
  const inBraces = new RegExp(`[{,]\\s*${name}: ('(?:[^']|'')*'|"[^"]*"|[^,}\n]+)`).exec(text)?.[1];
  const value = plain ?? inBraces ?? '';
  return /^['"]/.test(value) ? value.slice(1, -1).replace(/''/g, "'") : value;
}

/** Where an item stands: its section as changes name it, its list or record type, its key. */
function placeOf(section: string, of: string, part: string, text: string): [string, string, string] {
  if (section === 'settings') return [section, '', /^ {2}(\w+)/.exec(text)?.[1] ?? ''];
  if (section === 'views') return [section, said(text, 'type'), said(text, 'name')];
  if (section === 'forms') return [FORM[part] ?? part, of, said(text, part === 'rules' ? 'zh' : 'key')];
  return [section, of, said(text, 'key')];
}

/** The items on one side of the difference, which is read as a pack is written: each with the lines it stands on. */
function itemsOf(
  lines: readonly Line[],
  side: '-' | '+',
): { place: [string, string, string]; at: number[] }[] {
  const items: { section: string; of: string; part: string; at: number[] }[] = [];
  let [section, of, part] = ['', '', ''];
  let open = false;
  for (const [at, line] of lines.entries()) {
    if (line.sign !== ' ' && line.sign !== side) continue;
    const top = /^(\w+):/.exec(line.text)?.[1];
    const second = /^ {2}(\w+):/.exec(line.text)?.[1];
    const third = /^ {4}(\w+):/.exec(line.text)?.[1];
    if (top) {
      [section, of, part, open] = [top, '', '', false];
    } else if ((DEPTH[section] ?? AT_MARGIN).test(line.text)) {
      items.push({ section, of, part, at: [at] });
      open = true;
    } else if (second && (section === 'options' || section === 'forms')) {
      [of, part, open] = [second, '', false];
    } else if (third && section === 'forms') {
      [part, open] = [third, false];
    } else if (open) items.at(-1)?.at.push(at);
  }
  return items.map(({ section, of, part, at }) => ({
    place: placeOf(section, of, part, at.map((each) => lines[each]?.text ?? '').join('\n')),
    at,
  }));
}

/** Line → the id of the change that it belongs to, for the lines that differ; an item that only moved belongs to the
 *  change of order. */
export function tied(lines: readonly Line[], changes: readonly Numbered[]): Map<number, string> {
  const known = new Set(changes.map((one) => one.id));
  const ties = new Map<number, string>();
  for (const side of ['-', '+'] as const)
    for (const { place, at } of itemsOf(lines, side)) {
      const [section, of, key] = place;
      const id = [`${section}/${of}/${key}`, `${section}/${of}/`].find((one) => known.has(one));
      for (const each of at) if (id && lines[each]?.sign === side) ties.set(each, id);
    }
  return ties;
}

/** Line → the number that stands beside it: the first line of each run of lines of a change. */
export function numbersAt(
  ties: ReadonlyMap<number, string>,
  changes: readonly Numbered[],
): Map<number, Numbered> {
  const byId = new Map(changes.map((one) => [one.id, one]));
  const numbers = new Map<number, Numbered>();
  for (const [at, id] of [...ties].sort(([a], [b]) => a - b)) {
    const change = byId.get(id);
    if (change && ties.get(at - 1) !== id) numbers.set(at, change);
  }
  return numbers;
}
