import { ApiError, api } from './client';
import { keys, queryClient } from './queries';
import type { Id, Named } from './types';

export interface CommentItem {
  kind: 'comment';
  id: Id;
  version: number;
  at: string;
  edited_at: string | null;
  text: string;
  mentions: Named[];
  by: Named;
  followup: { id: Id; at: string; channel: string; attempt: string | null } | null;
  reply_to_id: Id | null;
  /** The comment it answers was deleted. */
  reply_to_gone: boolean;
  replies: CommentItem[];
  can: { update_until: string | null; remove: boolean; take_down: boolean };
}
export interface CommentBody {
  text: string;
  mentions: Id[];
  /** Also when one of the named cannot see the customer. */
  anyway?: boolean;
}
export interface CommentPlace {
  customerId: Id;
  followupId?: Id;
  replyToId?: Id;
}
/** Who of the named cannot see the customer, and whether one may add them as collaborators. */
export interface Unseen {
  people: Named[];
  canShare: boolean;
}

/** The named who cannot see the customer, when that is why the server refused. */
export function unseenOf(failure: unknown): Unseen | null {
  if (!(failure instanceof ApiError) || failure.code !== 'unseen') return null;
  return { people: failure.extra.unseen as Named[], canShare: Boolean(failure.extra.can_share) };
}

export const addComment = (place: CommentPlace, body: CommentBody, key: string) =>
  api.post<{ id: Id }>(
    '/comments',
    {
      customer_id: place.customerId,
      followup_id: place.followupId ?? null,
      reply_to_id: place.replyToId ?? null,
      ...body,
    },
    { idempotencyKey: key },
  );
export const updateComment = (comment: CommentItem, body: CommentBody) =>
  api.patch<{ id: Id }>(`/comments/${comment.id}`, { version: comment.version, ...body });
export const removeComment = (comment: CommentItem) => api.delete<void>(`/comments/${comment.id}`);
export const takeDownComment = (comment: CommentItem, why: string) =>
  api.post<void>(`/comments/${comment.id}/take-down`, { why });

/** After a comment: the pages that show it are asked again. */
export function refreshComments(customerId: Id): void {
  void queryClient.invalidateQueries({ queryKey: keys.customer(customerId) });
  void queryClient.invalidateQueries({ queryKey: ['followups'] });
}
