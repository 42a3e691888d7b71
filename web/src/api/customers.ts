import { api } from './client';
import type { Contact, Id, Need, TimelineItem } from './types';

export type TimelineKind = 'all' | 'followup' | 'comment' | 'file' | 'change';
export interface TimelinePage {
  items: TimelineItem[];
  next: string | null;
}
interface Saved {
  id: Id;
  version: number;
}

export const timelineOf = (id: Id, kind: TimelineKind, cursor: string) =>
  api.get<TimelinePage>(`/customers/${id}/timeline`, { query: { kind, cursor } });
export const updateCustomer = (id: Id, version: number, values: Record<string, unknown>) =>
  api.patch<Saved>(`/customers/${id}`, { version, ...values });
export const addContact = (customerId: Id, values: Record<string, unknown>) =>
  api.post<Saved>(`/customers/${customerId}/contacts`, values);
export const updateContact = (contact: Pick<Contact, 'id' | 'version'>, values: Record<string, unknown>) =>
  api.patch<Saved>(`/contacts/${contact.id}`, { version: contact.version, ...values });
export const removeContact = (contact: Pick<Contact, 'id' | 'version'>) =>
  api.delete<void>(`/contacts/${contact.id}`, { query: { version: contact.version } });
export const addNeed = (customerId: Id, values: { kind: string; text: string; priority?: string }) =>
  api.post<Saved>(`/customers/${customerId}/needs`, values);
export const updateNeed = (need: Pick<Need, 'id' | 'version'>, values: Record<string, unknown>) =>
  api.patch<Saved>(`/needs/${need.id}`, { version: need.version, ...values });
export const removeNeed = (need: Pick<Need, 'id' | 'version'>) =>
  api.delete<void>(`/needs/${need.id}`, { query: { version: need.version } });
export const addCollaborator = (customerId: Id, memberId: Id, why = '') =>
  api.post<void>(`/customers/${customerId}/collaborators`, { member_id: memberId, why });
export const removeCollaborator = (customerId: Id, memberId: Id) =>
  api.delete<void>(`/customers/${customerId}/collaborators/${memberId}`);
