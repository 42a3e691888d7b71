import { useQuery } from '@tanstack/react-query';
import { api } from './client';
import { queryClient, refreshWork } from './queries';
import type { Id, Named, Words } from './types';

export interface ScorePoint {
  id: Id;
  at: string;
  score: number;
  /** A survey, a colleague, or a record. */
  source: 'survey' | 'noted' | 'record';
  about: string;
  comment: string;
  choices: string[];
  contact: string;
  by: string;
  followup_id: Id | null;
}
export interface SentLink {
  id: Id;
  by: 'link' | 'mail';
  sent_at: string;
  expires_at: string;
  answered_at: string | null;
  state: 'sent' | 'answered' | 'expired';
  title: string;
  contact: string;
  sent_by: string;
}
export interface CustomerSatisfaction {
  hidden: boolean;
  points: ScorePoint[];
  n: number;
  /** Missing while there are too few scores. */
  average: number | null;
  links: SentLink[];
  due: { survey_id: Id; due_at: string } | null;
  surveys: { id: Id; title: string }[];
  contacts: (Named & { mail: boolean })[];
  can: { send: boolean; note: boolean; mail: boolean };
}
export interface SharedLink {
  id: Id;
  link: string;
  expires_at: string;
  text: Words;
}
export interface SurveyBody {
  title: string;
  question: string;
  choice_question: string;
  choices: string[];
  about: string;
  every_months: number | null;
  active: boolean;
}
export interface Survey extends SurveyBody {
  id: Id;
  version: number;
}
export interface Surveys {
  items: Survey[];
  settings: { days: number; low: number };
  can: { edit: boolean; configure: boolean };
}
export interface Figures {
  n: number;
  average: number | null;
}
export interface SatisfactionOverview extends Figures {
  days: number;
  /** The reader may not see scores. */
  hidden: boolean;
  scores: Record<string, number>;
  months: (Figures & { month: string })[];
  people: (Figures & Named)[];
  teams: (Figures & Named)[];
  about: (Figures & { name: string })[];
  asked: { sent: number; answered: number; open: number; rate: number | null };
  low: { id: Id; at: string; score: number; comment: string; customer: Named }[];
}

export const useSatisfaction = (id: Id) =>
  useQuery({
    queryKey: ['customers', 'one', id, 'satisfaction'],
    queryFn: () => api.get<CustomerSatisfaction>(`/customers/${id}/satisfaction`),
  });
export const useOverview = (days: number) =>
  useQuery({
    queryKey: ['satisfaction', days],
    queryFn: () => api.get<SatisfactionOverview>('/satisfaction', { query: { days } }),
    placeholderData: (old) => old,
  });
export const useSurveys = () =>
  useQuery({ queryKey: ['surveys'], queryFn: () => api.get<Surveys>('/surveys') });
export const useSharedLink = (id: Id) =>
  useQuery({
    queryKey: ['surveys', 'link', id],
    queryFn: () => api.get<SharedLink>(`/survey-links/${id}`),
  });
export const qrOf = (id: Id) => `/api/v1/survey-links/${id}/qr.svg`;

export const sendSurvey = (id: Id, survey_id: Id, contact_id: Id | null, by: 'link' | 'mail') =>
  api.post<SharedLink>(`/customers/${id}/surveys`, { survey_id, contact_id, by });
export const skipSurvey = (id: Id, survey: Id) =>
  api.post<void>(`/customers/${id}/surveys/${survey}/skip`, {});
export const noteScore = (id: Id, score: number, comment: string) =>
  api.post<void>(`/customers/${id}/satisfaction`, { score, comment });
export const saveSurvey = (one: Survey | null, body: SurveyBody) =>
  one
    ? api.put<void>(`/surveys/${one.id}`, { ...body, version: one.version })
    : api.post<void>('/surveys', body);
export const saveSurveySettings = (body: Surveys['settings']) => api.put<void>('/surveys/settings', body);

export function refreshSatisfaction(id: Id): void {
  refreshWork(id);
  void queryClient.invalidateQueries({ queryKey: ['satisfaction'] });
  void queryClient.invalidateQueries({ queryKey: ['complaints'] });
}
export const refreshSurveys = () => void queryClient.invalidateQueries({ queryKey: ['surveys'] });
