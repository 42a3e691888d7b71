/** The number that ties a change in words to its lines. */
export function Nr({ n }: { n: number }) {
  return <span className="pk-nr">{n}</span>;
}
