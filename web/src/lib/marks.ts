/** Offsets of the rules count characters (code points); the browser counts UTF-16 units. */
export type Span = readonly [number, number];
export type Tone = 'error' | 'warning' | 'hint' | 'quote';

export interface Mark {
  span: Span;
  tone: Tone;
}
export interface Segment {
  text: string;
  tone: Tone | null;
  /** Where the piece starts in the text: its identity while typing. */
  at: number;
}

const WIDE = /[\uD800-\uDBFF][\uDC00-\uDFFF]/;
const WEIGHT: Record<Tone, number> = { error: 3, warning: 2, hint: 1, quote: 0 };

/** A span in code points as a span in UTF-16 units of `text`. */
export function toUnits(text: string, [from, to]: Span): Span {
  if (!WIDE.test(text)) return [from, to];
  let unit = 0;
  let point = 0;
  let start = text.length;
  let end = text.length;
  for (const sign of text) {
    if (point === from) start = unit;
    if (point === to) {
      end = unit;
      break;
    }
    unit += sign.length;
    point += 1;
  }
  return [Math.min(start, end), end];
}

/**
 * Cut `text` into pieces for the layer behind the text area. Where marks overlap the graver one is drawn;
 * marks outside the text are clipped, empty ones dropped. The pieces put together give `text` again.
 */
export function segments(text: string, marks: readonly Mark[]): Segment[] {
  const inside = marks
    .map(({ span, tone }) => ({
      from: Math.max(0, Math.min(span[0], text.length)),
      to: Math.min(text.length, Math.max(0, span[1])),
      tone,
    }))
    .filter((mark) => mark.to > mark.from);
  const edges = new Set([0, text.length]);
  for (const mark of inside) {
    edges.add(mark.from);
    edges.add(mark.to);
  }
  const cuts = [...edges].sort((one, two) => one - two);
  const out: Segment[] = [];
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const from = cuts[index] as number;
    const to = cuts[index + 1] as number;
    let tone: Tone | null = null;
    for (const mark of inside) {
      if (mark.from > from || mark.to < to) continue;
      if (tone === null || WEIGHT[mark.tone] > WEIGHT[tone]) tone = mark.tone;
    }
    const last = out.at(-1);
    if (last && last.tone === tone) last.text += text.slice(from, to);
    else out.push({ text: text.slice(from, to), tone, at: from });
  }
  return out;
}

const QUOTE = /“([^“”]{2,})”|「([^「」]{2,})」|"([^"\n]{2,})"/g;

/** Spans of the customer's words marked in the text, quotation marks included. */
export function quoteSpans(text: string): Span[] {
  return [...text.matchAll(QUOTE)].map((match) => [match.index, match.index + match[0].length] as const);
}

/** The customer's words marked in the text, without the marks. */
export function quotesIn(text: string): string[] {
  return [...text.matchAll(QUOTE)].map((match) => (match[1] ?? match[2] ?? match[3] ?? '').trim());
}

/**
 * Put quotation marks round a selection, or take them off when they are there.
 * @returns what replaces [from, to) and the selection afterwards
 */
export function toggleQuote(
  text: string,
  from: number,
  to: number,
): { from: number; to: number; insert: string; select: Span } {
  const chosen = text.slice(from, to);
  const [lead = ''] = /^[\s，,。：:“”「"]*/.exec(chosen) ?? [];
  const [tail = ''] = /[\s，,“”」"]*$/.exec(chosen.slice(lead.length)) ?? [];
  const start = from + lead.length;
  const end = to - tail.length;
  if (end <= start) return { from, to, insert: chosen, select: [from, to] };
  const bare = text.slice(start, end);
  const open = text[start - 1];
  const close = text[end];
  if (open && close && '“「"'.includes(open) && '”」"'.includes(close)) {
    return { from: start - 1, to: end + 1, insert: bare, select: [start - 1, end - 1] };
  }
  return { from: start, to: end, insert: `“${bare}”`, select: [start, end + 2] };
}

/** Whether a pasted text looks like a conversation: at least three turns of at least two speakers. */
export function looksLikeChat(text: string): boolean {
  const lines = text.split(/\n/).filter((line) => line.trim());
  if (lines.length < 3) return false;
  const speakers = lines
    .map(
      (line) => /^\s*([^\s:：\d，。,]{1,12})(?:\s+[\d/.\-年月日: ]{4,24})?\s*[:：]?\s*/.exec(line)?.[1] ?? '',
    )
    .filter((name, index) => name && /[:：]|\d{1,2}:\d{2}/.test(lines[index] ?? ''));
  const times = new Map<string, number>();
  for (const name of speakers) times.set(name, (times.get(name) ?? 0) + 1);
  return speakers.length >= 3 && times.size >= 2 && Math.max(...times.values()) >= 2;
}
