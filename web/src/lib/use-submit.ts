import { useState } from 'react';
import { sentenceOf } from '@/api/client';

/** State of a small form: busy while the server works, its refusal as a sentence. */
export function useSubmit(run: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await run();
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, submit, sentence: failure ? sentenceOf(failure) : null };
}
