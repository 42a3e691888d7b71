import { History } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { refreshWork } from '@/api/queries';
import type { CustomerDetail } from '@/api/types';
import { t } from '@/locales';

const VersionsDrawer = lazy(async () => ({
  default: (await import('@/components/versions/VersionsDrawer')).VersionsDrawer,
}));

/** From the list of changes to the versions behind it. */
export function VersionsButton({ customer }: { customer: CustomerDetail }) {
  const [open, setOpen] = useState(false);
  return (
    <p className="tl-versions">
      <button type="button" className="act" onClick={() => setOpen(true)}>
        <History size={15} strokeWidth={1.6} aria-hidden="true" /> {t('versions.list')}
      </button>
      <Suspense fallback={null}>
        {open ? (
          <VersionsDrawer
            type="customer"
            id={customer.id}
            name={customer.name}
            close={() => setOpen(false)}
            changed={() => refreshWork(customer.id)}
          />
        ) : null}
      </Suspense>
    </p>
  );
}
