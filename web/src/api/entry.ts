import { api } from './client';

/** What each field of a form took; sent beside the submission, and nobody waits for it. */
export function sendTimes(
  record: string,
  fields: Record<string, { seconds: number; corrections: number }>,
): void {
  if (!Object.keys(fields).length) return;
  // What is lost here changes no figure that anybody relies on.
  api.post(`/entry-times/${record}`, { fields }).catch(() => {});
}
