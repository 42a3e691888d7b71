import { Search, X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import type { ListState } from './list-state';

const PAUSE_MS = 300;
/** No name is longer; the server takes no more. */
const LONGEST = 100;

/** Looks for a name, its pinyin or a phone within the view. */
export function SearchBox({ state, input }: { state: ListState; input: RefObject<HTMLInputElement | null> }) {
  const { q, set } = state;
  const phone = usePhone();
  const [typed, setTyped] = useState(q);
  // What this box asked for comes back in the address while somebody types on: only another's word is taken over.
  const asked = useRef(q);
  useEffect(() => {
    if (q === asked.current) return;
    asked.current = q;
    setTyped(q);
  }, [q]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `set` is another function each time
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = wanted;
      set({ q: wanted });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label className="list-search" data-filled={typed !== '' || undefined}>
      <Search size={15} strokeWidth={1.6} aria-hidden="true" />
      <input
        ref={input}
        value={typed}
        maxLength={LONGEST}
        dir="auto"
        placeholder={t(phone ? 'customers.search_short' : 'customers.search_here')}
        aria-label={t('customers.search_here')}
        title={`${t('customers.search_here')}  /`}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (typed) setTyped('');
          event.currentTarget.blur();
        }}
      />
      {typed ? (
        <button
          type="button"
          className="plain"
          aria-label={t('customers.search_clear')}
          onClick={() => setTyped('')}
        >
          <X size={13} strokeWidth={1.6} />
        </button>
      ) : null}
    </label>
  );
}
