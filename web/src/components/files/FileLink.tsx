import { lazy, type ReactNode, Suspense, useState } from 'react';
import { fileUrl, previewUrl } from '@/api/followups';
import type { Id } from '@/api/types';
import { lookOf } from './look';

const FilePreview = lazy(async () => ({ default: (await import('./FilePreview')).FilePreview }));

/** The name of a file, leading to its look: pictures and PDF by the browser, documents as their text. */
export function FileLink({
  file,
  className,
  children = file.name,
}: {
  file: { id: Id; name: string };
  className?: string;
  children?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const look = lookOf(file.name);
  return (
    <>
      <a
        className={className}
        href={look === 'page' ? previewUrl(file.id) : fileUrl(file.id)}
        target="_blank"
        rel="noreferrer"
        title={file.name}
        onClick={(event) => {
          if (look !== 'text' || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </a>
      <Suspense fallback={null}>
        {open ? <FilePreview file={file} close={() => setOpen(false)} /> : null}
      </Suspense>
    </>
  );
}
