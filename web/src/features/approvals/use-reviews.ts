import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type Counts,
  type Listed,
  type ModelRecord,
  type Queue,
  type QueueItem,
  type ReviewPageData,
  reviewKeys,
} from '@/api/approvals';
import { api } from '@/api/client';
import { queryClient, refreshWork } from '@/api/queries';
import { shortFirm } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { doWithUndo } from '@/lib/undo';
import { t } from '@/locales';
import { commented, type Draft, EMPTY } from './comments';

export const useCounts = (wanted: boolean) =>
  useQuery({
    queryKey: reviewKeys.counts,
    queryFn: () => api.get<Counts>('/approvals/counts'),
    enabled: wanted,
  });

export const useQueue = (which: Listed) =>
  useQuery({
    queryKey: reviewKeys.queue(which),
    queryFn: () => api.get<Queue>('/approvals', { query: { which } }),
  });

export const useReview = (id: number | null) =>
  useQuery({
    queryKey: reviewKeys.one(id ?? 0),
    queryFn: () => api.get<ReviewPageData>(`/approvals/${id}`),
    enabled: id !== null,
  });

export const useModels = (kind: string) =>
  useQuery({
    queryKey: reviewKeys.models(kind),
    queryFn: () => api.get<{ items: ModelRecord[] }>('/models', { query: { kind } }),
  });

export const keyOf = (id: number) => `review${id}`;

export function refreshReviews(): void {
  void queryClient.invalidateQueries({ queryKey: reviewKeys.all });
  refreshWork();
}

/** What has been typed about each record, kept while one goes up and down the queue. */
export function useDrafts() {
  const [drafts, setDrafts] = useState<Record<number, Draft>>({});
  return {
    of: (id: number): Draft => drafts[id] ?? EMPTY,
    change: (id: number, patch: (old: Draft) => Partial<Draft>) =>
      setDrafts((all) => {
        const old = all[id] ?? EMPTY;
        return { ...all, [id]: { ...old, ...patch(old) } };
      }),
  };
}

function later(item: QueueItem, text: string, commit: () => Promise<unknown>): void {
  doWithUndo(
    {
      key: keyOf(item.id),
      text,
      commit: async () => {
        await commit();
        refreshReviews();
      },
    },
    (failure) => {
      sayFailure(failure);
      refreshReviews();
    },
  );
}

const nameOf = (item: QueueItem) => (item.customer ? shortFirm(item.customer.name) : item.title);

/** Shown as passed at once, sent after the time for undoing; comments go along as comments. */
export function pass(item: QueueItem, draft: Draft, version: number | undefined, intent?: string): void {
  later(item, t('reviews.passed_toast', { name: nameOf(item) }), async () => {
    const comments = commented(draft).map((field) => ({ id: item.id, field, text: draft.comments[field] }));
    const seen = version === undefined ? [] : [{ id: item.id, version }];
    const body = {
      ids: [item.id],
      note: draft.note,
      seen,
      comments,
      ...(intent ? { intent_class: intent } : {}),
    };
    await api.post('/approvals/pass', body, { keepalive: true });
  });
}

export function giveBack(item: QueueItem, draft: Draft, version: number | undefined): void {
  const fields = commented(draft);
  const reasons = Object.fromEntries(fields.map((field) => [field, draft.comments[field]]));
  later(item, t('reviews.returned_toast', { name: nameOf(item), n: fields.length }), () =>
    api.post(
      `/approvals/${item.id}/return`,
      { reasons, note: draft.note, seen: version ?? null },
      { keepalive: true },
    ),
  );
}

export function passMany(items: QueueItem[], intent: string): Promise<unknown> {
  const ids = items.map((item) => item.id);
  return api.post('/approvals/pass', { ids, ...(intent ? { intent_class: intent } : {}) });
}
