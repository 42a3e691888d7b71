import { useEffect, useState } from 'react';

const WAIT_MS = 400;

/** The value as it was when it last stood still, for what is asked while somebody types. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), WAIT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
