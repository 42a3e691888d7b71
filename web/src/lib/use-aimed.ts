import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** The part of a page that a link with this hash leads to: it comes into sight once it is there. */
export function useAimed(aim: string, there: boolean): RefObject<HTMLElement | null> {
  const part = useRef<HTMLElement>(null);
  const { hash, key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each press on such a link leads here again
  useEffect(() => {
    if (there && hash === aim) part.current?.scrollIntoView({ block: 'start' });
  }, [there, hash, aim, key]);
  return part;
}
