import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Page } from '@/api/types';
import { useKind } from './kind';
import type { ListState } from './list-state';

/** The rows of a list page by page, with the count on the first. */
export function usePages<Row>(state: ListState) {
  const { keys, path } = useKind();
  const { query } = state;
  return useInfiniteQuery({
    queryKey: [...keys, 'list', query.view, query.sort, query.filter ?? '', query.q],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Row>>(path, {
        query: { ...query, cursor: pageParam, limit: 50, count: pageParam ? undefined : 1 },
        signal,
      }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}
