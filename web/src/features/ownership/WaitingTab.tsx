import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { api } from '@/api/client';
import { keys } from '@/api/queries';
import type { Id } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { More } from '@/components/More';
import { SkeletonRows } from '@/components/Skeletons';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';

const AssignDialog = lazy(async () => ({
  default: (await import('@/components/ownership/AssignDialog')).AssignDialog,
}));

interface Waiting {
  id: Id;
  name: string;
  region?: string;
  source?: string;
  industry?: string;
}

/** Customers that belong to nobody and lie in no pool. */
export function WaitingTab() {
  const labels = useLabels();
  const [picked, setPicked] = useState<Id[]>([]);
  const [open, setOpen] = useState(false);
  const query = useInfiniteQuery({
    queryKey: [...keys.customers, 'waiting'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api.get<{ items: Waiting[]; next: string | null }>('/customers', {
        query: { view: 'waiting', cursor: pageParam, limit: 100 },
      }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={6} height={56} />;
  if (!rows.length)
    return <EmptyState title={t('ownership.waiting_empty')} hint={t('ownership.waiting_hint')} />;
  const all = picked.length === rows.length;
  const toggle = (id: Id) =>
    setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  return (
    <div className="sheet assign-table">
      <div className="assign-tools">
        <Checkbox
          checked={all}
          indeterminate={picked.length > 0 && !all}
          onChange={() => setPicked(all ? [] : rows.map((one) => one.id))}
        >
          {picked.length ? t('ownership.picked', { n: picked.length }) : t('ownership.pick_all')}
        </Checkbox>
        <Button type="primary" disabled={!picked.length} onClick={() => setOpen(true)}>
          {picked.length ? t('ownership.assign_n', { n: picked.length }) : t('ownership.assign')}
        </Button>
      </div>
      <ul>
        {rows.map((one) => (
          <li key={one.id} className="assign-wait">
            <Checkbox
              aria-label={one.name}
              checked={picked.includes(one.id)}
              onChange={() => toggle(one.id)}
            />
            <span className="assign-words">
              <Link to={`/customers/${one.id}`} className="cut">
                {one.name}
              </Link>
              <span className="meta">
                {[one.region, labels.label('source', one.source), labels.label('industry', one.industry)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <More query={query} />
      <Suspense fallback={null}>
        {open ? (
          <AssignDialog
            ids={picked}
            close={(done) => {
              setOpen(false);
              if (done) setPicked([]);
            }}
          />
        ) : null}
      </Suspense>
    </div>
  );
}
