import { Camera, FileText, Upload, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { previewUrl, uploadFile } from '@/api/followups';
import type { Field, Pointed } from '@/api/types';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { FileLink } from '../files/FileLink';
import type { Part } from './part';

const PICTURES = 'image/png,image/jpeg,image/gif,image/webp';

/** Files or pictures: uploaded at once, taken into the record when it is saved. */
export function FilesInput({
  field,
  value,
  set,
  id,
}: Omit<Part, 'field' | 'choices'> & { field: Pick<Field, 'type' | 'label'> }) {
  const phone = usePhone();
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(0);
  const pictures = field.type === 'picture';
  const held = (value as Pointed[] | null) ?? [];
  const latest = useRef(held);
  latest.current = held;
  const put = (files: Pointed[]) => {
    latest.current = files;
    set(files.length ? files : null);
  };
  const upload = async (list: FileList | null) => {
    const files = [...(list ?? [])];
    setBusy((count) => count + files.length);
    for (const file of files) {
      try {
        const { id: stored, name } = await uploadFile(file, 'other');
        put([...latest.current, { id: stored, name }]);
      } catch (failure) {
        sayFailure(failure);
      }
      setBusy((count) => count - 1);
    }
  };
  return (
    <div
      className="rf-files"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void upload(event.dataTransfer.files);
      }}
    >
      {held.map((file) => (
        <div className="rf-file" key={file.id}>
          {pictures ? (
            <img src={previewUrl(file.id)} alt="" />
          ) : (
            <FileText size={18} strokeWidth={1.5} aria-hidden="true" />
          )}
          <FileLink className="cut" file={file} />
          <button
            type="button"
            className="icon-act"
            aria-label={`${t('common.delete')} ${file.name}`}
            onClick={() => put(held.filter((one) => one.id !== file.id))}
          >
            <X size={14} strokeWidth={1.6} />
          </button>
        </div>
      ))}
      <div className="rf-file">
        <button
          type="button"
          id={id}
          className="act"
          aria-label={`${words(field.label)}：${t('followups.upload')}`}
          onClick={() => picker.current?.click()}
        >
          <Upload size={15} strokeWidth={1.6} aria-hidden="true" />
          {busy ? t('followups.uploading', { n: busy }) : t('followups.upload')}
        </button>
        {phone && pictures ? (
          <button type="button" className="act" onClick={() => camera.current?.click()}>
            <Camera size={16} strokeWidth={1.6} aria-hidden="true" />
            {t('followups.photo')}
          </button>
        ) : null}
      </div>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept={pictures ? PICTURES : undefined}
        onChange={(event) => void upload(event.target.files)}
      />
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
