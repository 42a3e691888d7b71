import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { type Asked, type BatchPreview, previewBatch } from '@/api/batches';
import { sentenceOf } from '@/api/client';
import { words } from '@/lib/names';
import { t } from '@/locales';

const MOST_NAMED = 5;

/** What would happen, from the server; asked anew with every choice, the last answer stays until then. */
export function usePreview<T extends BatchPreview>(asked: Asked) {
  return useQuery({
    queryKey: ['preview', asked],
    queryFn: () => previewBatch<T>(asked),
    placeholderData: (old) => old,
    staleTime: 0,
    gcTime: 0,
  });
}

/** The sentences of a preview, and by name what cannot be done. */
export function Preview({ preview, failure }: { preview: BatchPreview | undefined; failure: unknown }) {
  if (failure) return <p className="verm">{sentenceOf(failure)}</p>;
  if (!preview) return <p className="second">{t('common.loading')}</p>;
  const { cannot } = preview;
  return (
    <div className="batch-preview" aria-live="polite">
      {preview.sentences.map((one) => (
        <p key={one.zh}>{words(one)}</p>
      ))}
      {cannot.length ? (
        <div className="batch-cannot">
          <p className="amber">
            <TriangleAlert size={15} strokeWidth={1.6} aria-hidden="true" />
            <b>{t('batch.cannot', { n: cannot.length })}</b>
          </p>
          <ul>
            {cannot.slice(0, MOST_NAMED).map((one) => (
              <li key={one.id}>
                {one.name ? `${one.name}：` : ''}
                {words(one)}
              </li>
            ))}
            {cannot.length > MOST_NAMED ? (
              <li>{t('batch.cannot_more', { n: cannot.length - MOST_NAMED })}</li>
            ) : null}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
