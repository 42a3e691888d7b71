import { History } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Id } from '@/api/types';
import type { VersionedType } from '@/api/versions';
import { t } from '@/locales';

const VersionsDrawer = lazy(async () => ({
  default: (await import('./VersionsDrawer')).VersionsDrawer,
}));

/** Opens the versions of a record; without words of its own it is the picture alone. */
export function VersionsButton({
  type,
  id,
  name,
  changed,
  className = 'act',
  children,
}: {
  type: VersionedType;
  id: Id;
  name: string;
  /** The record was restored. */
  changed: () => void;
  className?: string;
  children?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={className}
        aria-label={children ? undefined : `${t('versions.open')}：${name}`}
        title={children ? undefined : t('versions.open')}
        onClick={() => setOpen(true)}
      >
        <History size={15} strokeWidth={1.6} aria-hidden="true" /> {children}
      </button>
      <Suspense fallback={null}>
        {open ? (
          <VersionsDrawer type={type} id={id} name={name} close={() => setOpen(false)} changed={changed} />
        ) : null}
      </Suspense>
    </>
  );
}
