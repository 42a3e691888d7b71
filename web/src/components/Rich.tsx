import { Fragment, type ReactNode } from 'react';
import type { Block, ListBlock, RichSpan, Run, Tree } from '@/lib/blocks';
import { quoteSpans, segments } from '@/lib/marks';
import { t } from '@/locales';
import './rich.css';

/** The customer's words within a line stand on the same ground as whole quotations. */
export function SaidWords({ text }: { text: string }) {
  const spans = quoteSpans(text).map((span) => ({ span, tone: 'quote' as const }));
  if (!spans.length) return text;
  return segments(text, spans).map((piece) =>
    piece.tone ? (
      <span className="said-inline" key={piece.at}>
        {piece.text}
      </span>
    ) : (
      <Fragment key={piece.at}>{piece.text}</Fragment>
    ),
  );
}

function Span({ span, bare = false }: { span: RichSpan; bare?: boolean }) {
  let drawn: ReactNode = bare ? span.text : <SaidWords text={span.text} />;
  if (span.bold) drawn = <strong>{drawn}</strong>;
  if (span.mark)
    drawn = (
      <mark className={`mark-${span.mark}`} title={t(`common.mark_${span.mark}`)}>
        {drawn}
      </mark>
    );
  return drawn;
}

/** Where the spans of a text begin: their identity. */
function placed<T extends { text: string }>(spans: readonly T[]): { at: number; span: T }[] {
  let at = 0;
  return spans.map((span) => {
    const here = { at, span };
    at += span.text.length;
    return here;
  });
}

function Spans({ spans, bare }: { spans: readonly RichSpan[]; bare?: boolean }) {
  return placed(spans).map(({ at, span }) => <Span span={span} bare={bare} key={at} />);
}

function List({ block }: { block: ListBlock }) {
  const Tag = block.type === 'bullets' ? 'ul' : 'ol';
  return (
    <Tag>
      {block.items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items of a written text have no identity and never move
        <li key={at}>
          <Spans spans={item.text} />
          {item.list ? <List block={item.list} /> : null}
        </li>
      ))}
    </Tag>
  );
}

function Part({ block }: { block: Block }) {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          <Spans spans={block.text} />
        </p>
      );
    case 'quote':
      return (
        <blockquote className="said" title={t('common.said')}>
          <span className="quote">“</span>
          <Spans spans={block.text} bare />
          <span className="quote">”</span>
        </blockquote>
      );
    case 'table':
      return <TablePart rows={block.rows} />;
    default:
      return <List block={block} />;
  }
}

function TablePart({ rows }: { rows: readonly (readonly RichSpan[][])[] }) {
  const [head, ...rest] = rows.length > 1 ? rows : [null, ...rows];
  return (
    <div className="rich-table">
      <table>
        {head ? (
          <thead>
            <tr>
              {head.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity but their place
                <th key={at} scope="col">
                  <Spans spans={cell} />
                </th>
              ))}
            </tr>
          </thead>
        ) : null}
        <tbody>
          {rest.map((row, number) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={number}>
              {row?.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity but their place
                <td key={at}>
                  <Spans spans={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A text with its marks, lists, tables and quotations; without a tree the plain text. */
export function Rich({
  tree,
  text,
  className = '',
}: {
  tree: Tree | null | undefined;
  text: string;
  className?: string;
}) {
  if (!tree?.length) {
    return text ? (
      <p className={`rich-plain ${className}`}>
        <SaidWords text={text} />
      </p>
    ) : null;
  }
  return (
    <div className={`rich ${className}`}>
      {tree.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a written text have no identity and never move
        <Part block={block} key={at} />
      ))}
    </div>
  );
}

/** The beginning of a text on one line, marks kept: what the server's previews give. */
export function RichLine({ runs, text }: { runs: readonly Run[] | null | undefined; text: string }) {
  if (!runs?.length) return <SaidWords text={text} />;
  return placed(runs).map(({ at, span }) =>
    span.quote ? (
      <span className="said-inline" key={at}>
        <Span span={span} bare />
      </span>
    ) : (
      <Span span={span} key={at} />
    ),
  );
}
