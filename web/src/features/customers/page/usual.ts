import type { PagePart } from '@/lib/page-layout';

/** How a customer's page is arranged unless the team says otherwise. */
export const USUAL: PagePart[] = [
  'objections',
  'deals',
  'contracts',
  'care',
  'complaints',
  'approvals',
  'help',
  'people',
  'needs',
  'satisfaction',
  'sharing',
  'linked',
  'profile',
].map((key) => ({ key, place: 'side' }));
