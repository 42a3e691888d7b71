import { pieces, type Tree } from '@/lib/blocks';
import type { Mark, Tone } from '@/lib/marks';

const TONES: Tone[] = ['error', 'warning', 'hint', 'quote'];
const BLANK = /[\s\u00a0\u200b-\u200d\ufeff]/;
const QUOTES = /[“”‘’「」『』"]/;

interface Place {
  node: Text;
  at: number;
}

/** Every character drawn in the editor that is not a blank, with its place. */
function drawn(root: HTMLElement): { sign: string; place: Place }[] {
  const out: { sign: string; place: Place }[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    for (let at = 0; at < node.data.length; at += 1) {
      const sign = node.data[at] as string;
      if (!BLANK.test(sign)) out.push({ sign, place: { node, at } });
    }
  }
  return out;
}

/** Where the characters of the plain text stand in the editor; null for those that only the text has. */
export function places(tree: Tree, root: HTMLElement): (Place | null)[] {
  const signs = drawn(root);
  const out: (Place | null)[] = [];
  let next = 0;
  for (const piece of pieces(tree)) {
    for (const sign of piece.text) {
      for (let unit = 0; unit < sign.length; unit += 1) {
        if (!piece.own || BLANK.test(sign)) {
          out.push(null);
          continue;
        }
        const letter = sign[unit] as string;
        // Quotation marks round a quotation are drawn where the person typed them, and are no part of the tree.
        while (next < signs.length && signs[next]?.sign !== letter && QUOTES.test(signs[next]?.sign ?? '')) {
          if (QUOTES.test(letter)) break;
          next += 1;
        }
        out.push(signs[next]?.place ?? null);
        next += 1;
      }
    }
  }
  return out;
}

function rangeOf(found: (Place | null)[]): Range[] {
  const out: Range[] = [];
  for (const place of found) {
    if (!place) continue;
    const last = out.at(-1);
    if (last && last.endContainer === place.node && last.endOffset >= place.at - 2) {
      last.setEnd(place.node, place.at + 1);
      continue;
    }
    const range = document.createRange();
    range.setStart(place.node, place.at);
    range.setEnd(place.node, place.at + 1);
    out.push(range);
  }
  return out;
}

const nameOf = (tone: Tone) => `log-${tone}`;
/** Several editors may stand on a page; what is painted is named for all of them. */
const PAINTED = new Map<HTMLElement, Map<Tone, Range[]>>();

function show(): void {
  for (const tone of TONES) {
    const ranges = [...PAINTED.values()].flatMap((each) => each.get(tone) ?? []);
    if (ranges.length) {
      const drawn = new Highlight(...ranges);
      // Where two overlap the graver one is seen.
      drawn.priority = TONES.length - TONES.indexOf(tone);
      CSS.highlights.set(nameOf(tone), drawn);
    } else CSS.highlights.delete(nameOf(tone));
  }
}

/**
 * Underline findings in the editor without touching its nodes, so that neither caret nor IME notice.
 * Where the browser cannot, the findings still stand beside the field.
 */
export function paint(tree: Tree, root: HTMLElement, marks: readonly Mark[]): void {
  if (typeof Highlight === 'undefined' || !CSS.highlights) return;
  const where = marks.length ? places(tree, root) : [];
  const rangesOf = (tone: Tone) =>
    marks
      .filter((mark) => mark.tone === tone)
      .flatMap((mark) => rangeOf(where.slice(mark.span[0], mark.span[1])));
  PAINTED.set(root, new Map(TONES.map((tone) => [tone, rangesOf(tone)])));
  show();
}

/** Takes away what was painted in an editor that goes. */
export function wipe(root: HTMLElement): void {
  PAINTED.delete(root);
  if (typeof Highlight !== 'undefined' && CSS.highlights) show();
}
