import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type BinKind, type BinRow, binOf, restoreRows } from '@/api/batches';
import { queryClient, refreshWork } from '@/api/queries';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { More } from '@/components/More';
import { SkeletonRows } from '@/components/Skeletons';
import { Tabs } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { say, sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import '@/components/list/list.css';
import '@/components/batch/batch.css';

const KINDS: BinKind[] = ['customer', 'followup'];

function Line({ row, kind, can, done }: { row: BinRow; kind: BinKind; can: boolean; done: () => void }) {
  const [busy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    try {
      await restoreRows(kind, [row.id]);
      say(t('bin.restored', { name: row.name.slice(0, 30) || t('bin.a_record') }));
      refreshWork();
      done();
    } catch (failure) {
      sayFailure(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <li className="batch-row">
      <span className="batch-row-words">
        <span className="bin-name">
          {row.customer ? <b>{row.customer.name}</b> : null}
          {row.name || t('bin.a_record')}
        </span>
        <span className="meta">
          {row.owner ? `${t('page.owned', { name: row.owner })} · ` : ''}
          {t(row.by ? 'bin.deleted_by' : 'bin.deleted', {
            name: row.by ?? '',
            when: formatWhen(row.deleted_at),
          })}
        </span>
      </span>
      {can ? (
        <Button loading={busy} onClick={() => void restore()}>
          {t('bin.restore')}
        </Button>
      ) : null}
    </li>
  );
}

/** 回收站: deleted customers one may bring back, and deleted records of one's own. */
export function BinPage() {
  const phone = usePhone();
  const [params, setParams] = useSearchParams();
  const kind: BinKind = params.get('kind') === 'followup' ? 'followup' : 'customer';
  const key = ['bin', kind];
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: '',
    queryFn: ({ pageParam }) => binOf(kind, pageParam),
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const can = query.data?.pages[0]?.can_restore ?? false;
  return (
    <>
      <TopBar title={t('bin.title')} sentence={phone ? null : t('bin.sentence')} />
      <div className="views">
        <Link to="/customers" className="bin-back">
          <ChevronLeft size={16} strokeWidth={1.6} aria-hidden="true" />
          {t('common.back')}
        </Link>
        <Tabs
          className="views-row"
          each="plain view"
          label={t('bin.title')}
          value={kind}
          onChange={(one) => setParams({ kind: one }, { replace: true })}
          choices={KINDS.map((one) => ({ key: one, label: t(`bin.kind_${one}`) }))}
        />
      </div>
      <div className="list-scroll bin">
        {query.isPending ? <SkeletonRows rows={6} height={56} /> : null}
        <Trouble query={query} />
        {query.data && !rows.length ? (
          <EmptyState title={t('bin.empty')} hint={t(`bin.empty_${kind}`)} />
        ) : null}
        <ul className="batch-rows">
          {rows.map((row) => (
            <Line
              key={row.id}
              row={row}
              kind={kind}
              can={can}
              done={() => void queryClient.invalidateQueries({ queryKey: ['bin'] })}
            />
          ))}
        </ul>
        <More query={query} />
      </div>
    </>
  );
}
