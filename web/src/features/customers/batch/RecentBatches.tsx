import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { type BatchRow, listBatches } from '@/api/batches';
import { BATCHES, takeBack } from '@/components/batch/undo';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import '@/components/batch/batch.css';

function Line({ row }: { row: BatchRow }) {
  const [busy, setBusy] = useState(false);
  const undo = async () => {
    setBusy(true);
    await takeBack(row.id);
    setBusy(false);
  };
  return (
    <li className="batch-row">
      <span className="batch-row-words">
        <span>{words(row)}</span>
        <span className="meta">
          {row.undone_at
            ? t('batch.row_undone', { when: formatWhen(row.undone_at) })
            : t('batch.row_until', { at: formatWhen(row.at), until: formatWhen(row.until) })}
        </span>
      </span>
      {row.undone_at ? null : (
        <Button size="small" loading={busy} onClick={() => void undo()}>
          {t('common.undo')}
        </Button>
      )}
    </li>
  );
}

/** What I did in bulk in the last 24 h; each can be taken back until then. */
export function RecentBatches({ close }: { close: () => void }) {
  const phone = usePhone();
  const query = useQuery({ queryKey: BATCHES, queryFn: listBatches, staleTime: 0 });
  const rows = query.data?.items ?? [];
  return (
    <Drawer open size={phone ? '100%' : 480} title={t('batch.recent')} onClose={close}>
      {query.isPending ? <SkeletonRows rows={4} height={48} /> : null}
      <Trouble query={query} />
      {query.data && !rows.length ? (
        <EmptyState title={t('batch.recent_empty')} hint={t('batch.recent_hint')} />
      ) : null}
      <ul className="batch-rows">
        {rows.map((row) => (
          <Line row={row} key={row.id} />
        ))}
      </ul>
    </Drawer>
  );
}
