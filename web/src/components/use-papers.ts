import { FileDown, FileText } from 'lucide-react';
import { useState } from 'react';
import { makeExport } from '@/api/exports';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { locale, t } from '@/locales';

export type Paper = 'pdf' | 'docx';
export const PAPERS = [
  ['pdf', 'PDF', FileDown],
  ['docx', 'Word', FileText],
] as const;

/** A record as a page to take along; `busy`: the one that is being made. */
export function usePapers(recordType: string, id: number) {
  const [busy, setBusy] = useState<Paper | null>(null);
  const take = async (format: Paper) => {
    setBusy(format);
    try {
      const made = await makeExport({
        record_type: recordType,
        format,
        ids: [id],
        language: locale() === 'zh-CN' ? 'zh' : 'en',
      });
      if (made.state === 'done' && made.link) window.location.assign(made.link);
      else say(words(made.error) || t('record.file_slow'), 'error');
    } catch (failure) {
      sayFailure(failure);
    } finally {
      setBusy(null);
    }
  };
  return { busy, take };
}
