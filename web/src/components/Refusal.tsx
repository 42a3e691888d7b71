import { sentenceOf } from '@/api/client';

/** Why something was not done, in the server's sentence; nothing while there is nothing to say. */
export function Refusal({ failure }: { failure: unknown }) {
  return failure ? (
    <p className="verm" role="alert">
      {sentenceOf(failure)}
    </p>
  ) : null;
}
