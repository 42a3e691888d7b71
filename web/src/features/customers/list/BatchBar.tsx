import { Award, Download, Tag, Trash2, UserRoundCheck, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMe } from '@/app/session';
import { t } from '@/locales';
import type { ListState } from './list-state';

export type BatchVerb = 'class' | 'tags' | 'transfer' | 'export' | 'delete';

const BatchDialog = lazy(async () => ({ default: (await import('./BatchDialog')).BatchDialog }));

const VERBS = [
  ['class', Award, 'customers.batch_class', 'customer.class'],
  ['transfer', UserRoundCheck, 'customers.batch_transfer', 'customer.transfer'],
  ['tags', Tag, 'customers.batch_tags', 'customer.tag'],
  ['export', Download, 'customers.batch_export', 'export.'],
  ['delete', Trash2, 'customers.batch_delete', 'customer.delete'],
] as const;

/** Appears with the first tick; what the member may not do is not offered. */
export function BatchBar({ ids, state, clear }: { ids: number[]; state: ListState; clear: () => void }) {
  const { verbs } = useMe();
  const [open, setOpen] = useState<BatchVerb | null>(null);
  if (ids.length === 0) return null;
  return (
    <>
      <div className="batch" role="toolbar" aria-label={t('customers.selected', { n: ids.length })}>
        <b>{t('customers.selected', { n: ids.length })}</b>
        {VERBS.filter(([, , , verb]) => verbs.some((held) => held.startsWith(verb))).map(
          ([key, Icon, label]) => (
            <button type="button" className="plain" key={key} onClick={() => setOpen(key)}>
              <Icon size={17} strokeWidth={1.6} aria-hidden="true" />
              {t(label)}
            </button>
          ),
        )}
        <button type="button" className="plain" aria-label={t('customers.batch_clear')} onClick={clear}>
          <X size={17} strokeWidth={1.6} />
        </button>
      </div>
      <Suspense fallback={null}>
        {open ? (
          <BatchDialog
            verb={open}
            ids={ids}
            state={state}
            close={(done) => {
              setOpen(null);
              if (done) clear();
            }}
          />
        ) : null}
      </Suspense>
    </>
  );
}
