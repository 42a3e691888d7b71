import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, sentenceOf } from '@/api/client';
import type { Page } from '@/api/types';
import type { Node } from '@/lib/filter';
import { t } from '@/locales';
import { useKind } from '../kind';

const PAUSE_MS = 350;

/** How many rows meet the conditions, asked for when one pauses; a refusal is the server's sentence. */
export function useCount(view: string, q: string, node: Node | null): string {
  const kind = useKind();
  const filter = node ? JSON.stringify(node) : undefined;
  const [asked, setAsked] = useState(filter);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(filter), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [filter]);
  const found = useQuery({
    queryKey: [...kind.keys, 'count', view, q, asked ?? ''],
    queryFn: ({ signal }) =>
      api.get<Page<unknown>>(kind.path, {
        query: { view, q, filter: asked, limit: 1, count: 1 },
        signal,
      }),
    placeholderData: (old) => old,
    gcTime: 60_000,
  });
  if (found.error) return sentenceOf(found.error);
  if (!found.data) return '';
  const n = found.data.total ?? 0;
  return t(found.data.total_capped ? kind.words.count_capped : kind.words.count, { n });
}
