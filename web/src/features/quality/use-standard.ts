import { useState } from 'react';
import { ApiError, sentenceOf } from '@/api/client';
import {
  publishStandard,
  refreshStandard,
  rollBackStandard,
  type StandardBody,
  type StandardPage,
} from '@/api/standard';
import { say } from '@/lib/notify';
import { useUnsaved } from '@/lib/unsaved';
import { t } from '@/locales';
import { differing } from './draft';

/** The draft of the standard over the one in force; a refusal stands over the page. */
export function useDraft(page: StandardPage) {
  const [draft, setDraft] = useState<StandardBody | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const body = draft ?? page.body;
  const changes = differing(body, page.body);
  useUnsaved(changes > 0);

  const change = (next: StandardBody) => {
    setRefused('');
    setDraft(next);
  };
  const run = async (act: () => Promise<{ version: number }>) => {
    setBusy(true);
    setRefused('');
    try {
      const done = await act();
      await refreshStandard();
      setDraft(null);
      say(t('standard.published', { n: done.version }));
    } catch (failure) {
      setRefused(sentenceOf(failure));
      if (failure instanceof ApiError && failure.status === 409) await refreshStandard();
    }
    setBusy(false);
  };
  return {
    body,
    changes,
    busy,
    refused,
    change,
    drop: () => change(page.body),
    publish: (why: string) => run(() => publishStandard(page.version, body, why)),
    back: (to: number) => run(() => rollBackStandard(page.version, to)),
  };
}
