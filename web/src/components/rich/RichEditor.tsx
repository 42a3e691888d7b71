import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { plainOf, type Tree } from '@/lib/blocks';
import { type Mark, quoteSpans } from '@/lib/marks';
import { type Act, INACTIVE, RichText } from './editor';
import { paint, wipe } from './highlight';
import { ToolBar } from './ToolBar';
import './rich-editor.css';

export interface RichEditorProps {
  value: Tree;
  onChange: (tree: Tree) => void;
  /** Spans in the plain text of `value`. */
  marks: readonly Mark[];
  label: string;
  placeholder: string;
  onLeave?: () => void;
  onComposing?: (on: boolean) => void;
  onPasteText?: (text: string) => void;
  /** Back to plain text. */
  onPlain: () => void;
  /** Take the caret when opened. */
  take?: boolean;
}

/** Marks, lists, tables and quotations; loaded when first asked for. */
export default function RichEditor(props: RichEditorProps) {
  const { value, marks, label, placeholder } = props;
  const box = useRef<HTMLDivElement>(null);
  const text = useRef<RichText>(null);
  const latest = useRef(props);
  latest.current = props;
  const written = useRef<Tree>(value);
  const [active, setActive] = useState(INACTIVE);

  useLayoutEffect(() => {
    const root = box.current;
    if (!root) return;
    let composing = false;
    const changed = () => {
      // What is being composed is not written yet; reading it would do no harm, judging it would.
      if (composing || !text.current) return;
      written.current = text.current.read();
      latest.current.onChange(written.current);
    };
    const moved = () => text.current && setActive(text.current.active());
    const begin = () => {
      composing = true;
      latest.current.onComposing?.(true);
    };
    const end = () => {
      composing = false;
      latest.current.onComposing?.(false);
      changed();
    };
    root.addEventListener('compositionstart', begin);
    root.addEventListener('compositionend', end);
    const editor = new RichText(root, latest.current.value, { changed, moved });
    text.current = editor;
    if (latest.current.take) editor.focus();
    return () => {
      root.removeEventListener('compositionstart', begin);
      root.removeEventListener('compositionend', end);
      editor.destroy();
      text.current = null;
      wipe(root);
    };
  }, []);

  useEffect(() => {
    if (value === written.current || !text.current) return;
    written.current = value;
    text.current.fill(value);
  }, [value]);

  useEffect(() => {
    if (!box.current) return;
    const said = quoteSpans(plainOf(value)).map((span): Mark => ({ span, tone: 'quote' }));
    paint(value, box.current, [...marks, ...said]);
  }, [value, marks]);

  const act = (what: Act) => text.current?.act(what);
  return (
    <div className="rich-editor">
      <ToolBar active={active} act={act} plain={props.onPlain} back={() => text.current?.focus()} />
      <div
        ref={box}
        className="rich rich-text"
        role="textbox"
        tabIndex={0}
        aria-multiline="true"
        aria-label={label}
        spellCheck={false}
        data-placeholder={value.length ? undefined : placeholder}
        onBlur={() => latest.current.onLeave?.()}
        onPaste={(event) => latest.current.onPasteText?.(event.clipboardData.getData('text/plain'))}
      />
    </div>
  );
}
