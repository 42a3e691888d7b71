import { CircleAlert, Upload } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, OfflineError } from '@/api/client';
import { askPreview } from '@/api/packs';
import { DropFile } from '@/components/DropFile';
import { t } from '@/locales';
import { readFile } from './source';

/** Why a file cannot be used, with its place where the sentence does not say that. */
function whyNot(file: File, failure: unknown): string {
  const why = failure instanceof Error ? failure.message : '';
  if (failure instanceof OfflineError) return why;
  const field = failure instanceof ApiError && failure.field !== 'text' ? failure.field : null;
  const place = field && !why.includes(field) ? t('packs.at', { place: field }) : '';
  return t('packs.file_refused', { file: file.name, why: why + place });
}

/** Reads a file and leads to its preview, or says why not. */
function useTaking() {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const take = async (file: File | null | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    setRefused('');
    try {
      const pack = await readFile(file);
      await askPreview({ text: pack.text }, []);
      await navigate('/manage/packs/file', { state: pack });
    } catch (failure) {
      setRefused(whyNot(file, failure));
    }
    setBusy(false);
  };
  return { busy, refused, take };
}

/** A pack of one's own: dropped or chosen, read here, and looked at before anything happens. */
export function FileDrop() {
  const { busy, refused, take } = useTaking();
  return (
    <>
      <DropFile className="pk-drop" accept=".yaml,.yml" label={t('packs.drop')} busy={busy} take={take}>
        <Upload size={18} strokeWidth={1.6} aria-hidden="true" />
        <span>
          <b>{t(busy ? 'packs.reading' : 'packs.drop')}</b>
          <span className="second">{t('packs.drop_hint')}</span>
        </span>
      </DropFile>
      {refused ? (
        <p className="pk-refused pk-file-refused" role="alert">
          <CircleAlert size={16} strokeWidth={1.6} aria-hidden="true" />
          <span>{refused}</span>
        </p>
      ) : null}
    </>
  );
}
