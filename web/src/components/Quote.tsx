/** A customer's words in quotation marks that leave no hole in the line. */
export function Quote({ text, className = '' }: { text: string; className?: string }) {
  const bare = text.trim().replace(/^[“"「『]|[”"」』]$/g, '');
  return (
    <span className={className} title={bare}>
      <span className="quote">“</span>
      {bare}
      <span className="quote">”</span>
    </span>
  );
}
