import { Camera, FileText, Upload, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { previewUrl, uploadFile } from '@/api/followups';
import type { StoredFile } from '@/api/types';
import { FileLink } from '@/components/files/FileLink';
import { Pick } from '@/components/Pick';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import type { Log } from '../use-log';

export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const [figure, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'kB'] : [bytes / 1024 / 1024, 'MB'];
  return `${figure >= 10 ? Math.round(figure) : Math.round(figure * 10) / 10} ${unit}`;
}

function FileRow({ file, log }: { file: StoredFile; log: Log }) {
  const change = (files: StoredFile[]) => log.change({ files });
  return (
    <div className="file-row">
      {file.preview === 'image' ? (
        <img src={previewUrl(file.id)} alt="" />
      ) : (
        <FileText size={20} strokeWidth={1.5} aria-hidden="true" />
      )}
      <FileLink className="cut" file={file} />
      <span className="meta">{sizeWords(file.size)}</span>
      <Pick
        bare
        clear={false}
        label={t('followups.file_kind')}
        value={file.kind}
        choices={log.labels.options('file_kind').map((one) => ({ value: one.key, label: words(one) }))}
        onChange={(kind) =>
          change(
            log.draft.files.map((one) => (one.id === file.id ? { ...one, kind: kind ?? one.kind } : one)),
          )
        }
      />
      <button
        type="button"
        className="icon-act"
        aria-label={t('common.delete')}
        onClick={() => change(log.draft.files.filter((one) => one.id !== file.id))}
      >
        <X size={14} strokeWidth={1.6} />
      </button>
    </div>
  );
}

/** Attachments with their kind; pictures are shown, others opened in a page of their own. */
export function Files({ log }: { log: Log }) {
  const phone = usePhone();
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(0);
  const kinds = log.labels.options('file_kind');
  const kindFor = (file: File) => {
    const wanted = file.type.startsWith('image/') ? ['photo', 'picture', 'image', 'screenshot'] : [];
    return (kinds.find((kind) => wanted.includes(kind.key)) ?? kinds.at(-1))?.key ?? 'other';
  };
  const upload = async (list: FileList | null) => {
    const files = [...(list ?? [])];
    setBusy((count) => count + files.length);
    for (const file of files) {
      try {
        const stored = await uploadFile(file, kindFor(file));
        log.change((old) => ({ files: [...old.files, stored] }));
      } catch (failure) {
        sayFailure(failure);
      }
      setBusy((count) => count - 1);
    }
  };
  return (
    <div
      className="files"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void upload(event.dataTransfer.files);
      }}
    >
      {log.draft.files.map((file) => (
        <FileRow key={file.id} file={file} log={log} />
      ))}
      <div className="files-acts">
        <button type="button" className="act" onClick={() => picker.current?.click()}>
          <Upload size={15} strokeWidth={1.6} aria-hidden="true" />
          {busy ? t('followups.uploading', { n: busy }) : t('followups.upload')}
        </button>
        {phone ? (
          <button type="button" className="act" onClick={() => camera.current?.click()}>
            <Camera size={16} strokeWidth={1.6} aria-hidden="true" />
            {t('followups.photo')}
          </button>
        ) : (
          <span className="meta">{t('followups.upload_hint')}</span>
        )}
      </div>
      <input ref={picker} type="file" multiple hidden onChange={(event) => void upload(event.target.files)} />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        onChange={(event) => void upload(event.target.files)}
      />
    </div>
  );
}
