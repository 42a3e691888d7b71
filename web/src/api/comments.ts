import { useQuery } from '@tanstack/react-query';
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
/** What is commented on: a customer by its id, or a row of one of the team's own types. */
export type CommentAbout = Id | { type: string; id: Id };
export interface CommentPlace {
  about: CommentAbout;
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

const isRow = (about: CommentAbout) => typeof about !== 'number';
const pathOf = (about: CommentAbout): string =>
  typeof about === 'number' ? '/comments' : `/records/${about.type}/${about.id}/comments`;

export function addComment(place: CommentPlace, body: CommentBody, key: string): Promise<{ id: Id }> {
  const { about, followupId = null, replyToId = null } = place;
  const whose = isRow(about) ? {} : { customer_id: about, followup_id: followupId };
  return api.post(pathOf(about), { ...whose, reply_to_id: replyToId, ...body }, { idempotencyKey: key });
}
export const updateComment = (about: CommentAbout, comment: CommentItem, body: CommentBody) =>
  api.patch<{ id: Id }>(`${pathOf(about)}/${comment.id}`, { version: comment.version, ...body });
export const removeComment = (about: CommentAbout, comment: CommentItem) =>
  api.delete<void>(`${pathOf(about)}/${comment.id}`);
export const takeDownComment = (about: CommentAbout, comment: CommentItem, why: string) =>
  api.post<void>(`${pathOf(about)}/${comment.id}/take-down`, { why });

/** What is said about a row of an own type, and whether one may say something too. */
export interface RowComments {
  items: CommentItem[];
  can: { comment: boolean };
}
const rowKey = (type: string, id: Id) => ['row-comments', type, id] as const;
export const useRowComments = (type: string, id: Id) =>
  useQuery({
    queryKey: rowKey(type, id),
    queryFn: () => api.get<RowComments>(pathOf({ type, id })),
  });

/** After a comment: the pages that show it are asked again. */
export function refreshComments(about: CommentAbout): void {
  if (typeof about !== 'number') {
    void queryClient.invalidateQueries({ queryKey: rowKey(about.type, about.id) });
    return;
  }
  void queryClient.invalidateQueries({ queryKey: keys.customer(about) });
  void queryClient.invalidateQueries({ queryKey: ['followups'] });
}
