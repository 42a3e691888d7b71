import { useEffect, useRef, useState } from 'react';
import { checkDraft, type FollowUpBody } from '@/api/followups';
import type { CheckResult } from '@/api/types';

const PAUSE_MS = 250;

/**
 * Asks the rules 250 ms after the last key, never while characters are being composed.
 * The last answer stays until the next one; without the server there are simply no marks.
 */
export function useCheck(
  body: FollowUpBody,
  composing: boolean,
  heard: (result: CheckResult, body: FollowUpBody) => void,
): CheckResult | null {
  const [result, setResult] = useState<CheckResult | null>(null);
  // The time of contact follows the clock and must not start a new question by itself.
  const question = JSON.stringify({ ...body, contact_at: body.contact_at.slice(0, 15) });
  const latest = useRef({ body, heard });
  latest.current = { body, heard };
  useEffect(() => {
    if (composing || !question) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const asked = latest.current.body;
      checkDraft(asked, stop.signal)
        .then((answer) => {
          setResult(answer);
          latest.current.heard(answer, asked);
        })
        .catch(() => {});
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [question, composing]);
  return result;
}
