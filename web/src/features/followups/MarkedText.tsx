import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react';
import { type Mark, quoteSpans, segments, toggleQuote } from '@/lib/marks';
import './marked.css';

export interface MarkedTextHandle {
  /** Mark the selection as the customer's words, or take the mark off. */
  quote: () => void;
  focus: () => void;
  selection: () => [number, number];
  /** Put text at the caret; a phone's keyboard stays as it is. */
  insert: (text: string) => void;
}

/** Put text in as if typed: the browser's own undo keeps working. */
function typeIn(area: HTMLTextAreaElement, from: number, to: number, insert: string): void {
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand('insertText', false, insert)) area.setRangeText(insert, from, to, 'end');
}

/**
 * A text area over a layer that repeats the text with its marks. The layer has the same letters and
 * padding and gives the box its height; caret, undo and IME stay the browser's.
 */
export function MarkedText({
  value,
  onChange,
  marks,
  label,
  placeholder,
  line = false,
  quotes = false,
  onLeave,
  onComposing,
  onPasteText,
  ref,
  id,
}: {
  value: string;
  onChange: (value: string) => void;
  marks: readonly Mark[];
  label: string;
  placeholder?: string;
  /** One line of a group: grows, but Enter makes no new line. */
  line?: boolean;
  /** Ground under “…”. */
  quotes?: boolean;
  onLeave?: () => void;
  onComposing?: (on: boolean) => void;
  /** True when the paste was taken care of. */
  onPasteText?: (text: string, html: string) => boolean;
  ref?: Ref<MarkedTextHandle>;
  id?: string;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  /** Where the caret was last; null before the first visit, which means the end. */
  const caret = useRef<[number, number] | null>(null);
  const all: Mark[] = quotes
    ? [...marks, ...quoteSpans(value).map((span): Mark => ({ span, tone: 'quote' }))]
    : [...marks];

  const quote = () => {
    const box = area.current;
    if (!box || box.selectionStart === box.selectionEnd) return;
    const edit = toggleQuote(value, box.selectionStart, box.selectionEnd);
    typeIn(box, edit.from, edit.to, edit.insert);
    box.setSelectionRange(edit.select[0], edit.select[1]);
  };
  const insert = (text: string) => {
    const box = area.current;
    if (!box) return;
    const [from, to] = caret.current ?? [value.length, value.length];
    if (document.activeElement === box) typeIn(box, box.selectionStart, box.selectionEnd, text);
    else onChange(value.slice(0, from) + text + value.slice(to));
    caret.current = [from + text.length, from + text.length];
  };
  useImperativeHandle(ref, () => ({
    quote,
    insert,
    focus: () => area.current?.focus(),
    selection: () => [
      area.current?.selectionStart ?? value.length,
      area.current?.selectionEnd ?? value.length,
    ],
  }));

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (line && event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault();
    if (quotes && (event.ctrlKey || event.metaKey) && event.key === "'") {
      event.preventDefault();
      quote();
    }
  };

  return (
    <div className={`marked${line ? ' marked-line' : ''}`}>
      <div className="marked-layer" aria-hidden="true">
        {segments(value, all).map((piece) =>
          piece.tone ? (
            <mark key={piece.at} data-tone={piece.tone}>
              {piece.text}
            </mark>
          ) : (
            <span key={piece.at}>{piece.text}</span>
          ),
        )}
        {/* A last empty line has no height of its own. */}
        {'\u200b'}
      </div>
      <textarea
        ref={area}
        id={id}
        rows={1}
        value={value}
        aria-label={label}
        placeholder={placeholder}
        spellCheck={false}
        onChange={(event) => onChange(line ? event.target.value.replace(/\n+/g, ' ') : event.target.value)}
        onKeyDown={press}
        onSelect={({ currentTarget: box }) => {
          caret.current = [box.selectionStart, box.selectionEnd];
        }}
        onBlur={onLeave}
        onCompositionStart={() => onComposing?.(true)}
        onCompositionEnd={() => onComposing?.(false)}
        onPaste={(event) => {
          const { clipboardData: data } = event;
          if (onPasteText?.(data.getData('text/plain'), data.getData('text/html'))) event.preventDefault();
        }}
      />
    </div>
  );
}
