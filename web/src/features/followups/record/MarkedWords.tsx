import { quoteSpans, segments } from '@/lib/marks';

/** A text in which the customer's own words stand out. */
export function MarkedWords({ text }: { text: string }) {
  const marks = quoteSpans(text).map((span) => ({ span, tone: 'quote' as const }));
  return segments(text, marks).map((piece) =>
    piece.tone ? (
      <mark key={piece.at} className="rec-quote">
        {piece.text}
      </mark>
    ) : (
      <span key={piece.at}>{piece.text}</span>
    ),
  );
}
