import { FileUp } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { sentenceOf } from '@/api/client';
import { type Paper, readDocument, type TypeChoice } from '@/api/designs';
import { DropFile } from '@/components/DropFile';
import { t } from '@/locales';
import type { Acts } from './use-acts';
import type { Designer } from './use-designer';

const PaperReview = lazy(async () => ({ default: (await import('./PaperReview')).PaperReview }));

/** The team's own template, dropped on the designer: read by the server, looked at, and only then placed. */
export function PaperDrop({
  designer,
  acts,
  types,
}: {
  designer: Designer;
  acts: Acts;
  types: readonly TypeChoice[];
}) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const [paper, setPaper] = useState<Paper | null>(null);
  const take = async (file: File | null | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    setRefused('');
    try {
      setPaper(await readDocument(designer.type, file));
    } catch (failure) {
      setRefused(t('forms.paper_refused', { file: file.name, why: sentenceOf(failure) }));
    }
    setBusy(false);
  };
  return (
    <section className="fl-part">
      <DropFile
        className="fl-paper"
        accept=".docx,.xlsx,.xls"
        label={t('forms.paper')}
        busy={busy}
        take={take}
      >
        <FileUp size={16} strokeWidth={1.6} aria-hidden="true" />
        <span>
          <b>{t(busy ? 'forms.paper_reading' : 'forms.paper')}</b>
          <span className="meta">{t('forms.paper_hint')}</span>
        </span>
      </DropFile>
      {refused ? (
        <p className="verm fl-paper-refused" role="alert">
          {refused}
        </p>
      ) : null}
      {paper ? (
        <Suspense>
          <PaperReview
            paper={paper}
            draft={designer.draft}
            types={types}
            take={acts.takePaper}
            close={() => setPaper(null)}
          />
        </Suspense>
      ) : null}
    </section>
  );
}
