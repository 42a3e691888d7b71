import { useQueryClient } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useState } from 'react';
import type { Id } from '@/api/types';
import { restoreVersion, useVersions, type VersionedType, type VersionRow } from '@/api/versions';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { ComparePane } from './ComparePane';
import './versions.css';

/** What a version is about in one line: its fields, or what happened to the record. */
function lineOf(row: VersionRow): string {
  if (row.restored) return t('versions.restored_from', { n: row.restored });
  const labels = row.changes.map((one) => words(one.label));
  if (labels.length) return labels.join(t('versions.and'));
  const end = row.event.split('.')[1] ?? '';
  if (end === 'deleted' || end === 'removed') return t('versions.deleted');
  if (end === 'done') return t('versions.done');
  if (end === 'restored' || end === 'reopened') return t('versions.back');
  return t('versions.first');
}

function Row({ row, on, choose }: { row: VersionRow; on: boolean; choose: () => void }) {
  const named = (['import', 'api', 'job'] as const).find((one) => one === row.source);
  const source = named ? t(`versions.by_${named}`) : '';
  return (
    <li>
      <button type="button" className="plain ver-row" aria-current={on || undefined} onClick={choose}>
        <span className="ver-number">{t('versions.number', { n: row.number })}</span>
        <span className="ver-line">{lineOf(row)}</span>
        <span className="meta">
          {[row.by?.name ?? t('versions.system'), formatWhen(row.at), source].filter(Boolean).join(' · ')}
        </span>
        {row.why ? <span className="meta">{row.why}</span> : null}
      </button>
    </li>
  );
}

/** All versions of a record; one of them beside what stands now, each field restorable. */
export function VersionsDrawer({
  type,
  id,
  name,
  close,
  changed,
}: {
  type: VersionedType;
  id: Id;
  name: string;
  close: () => void;
  /** The record was restored. */
  changed: () => void;
}) {
  const phone = usePhone();
  const client = useQueryClient();
  const query = useVersions(type, id);
  const [chosen, setChosen] = useState<number | null>(null);
  const list = query.data;
  const row = list?.items.find((one) => one.number === chosen) ?? null;

  const reload = () => {
    void client.invalidateQueries({ queryKey: ['versions', type, id] });
    changed();
  };
  const restore = async (number: number, version: number, fields: string[] | null, undoing = false) => {
    try {
      const done = await restoreVersion(type, id, number, version, fields);
      const undo = () => void restore(done.undo_to, done.version, done.restored, true);
      if (undoing) say(t('versions.undone'));
      else
        say(t('versions.restored', { n: number }), 'ok', {
          label: t('common.undo'),
          run: undo,
        });
      reload();
    } catch (failure) {
      sayFailure(failure);
      void client.invalidateQueries({ queryKey: ['versions', type, id] });
    }
  };

  const newest = list?.items[0]?.number;
  return (
    <Drawer
      open
      onClose={close}
      size={phone ? '100%' : 860}
      title={t('versions.title', { name })}
      classNames={{ body: 'ver-body' }}
    >
      {query.error && !list ? <ErrorState failure={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending ? <SkeletonRows rows={5} /> : null}
      {list && !(phone && row) ? (
        <ol className="ver-list" aria-label={t('versions.list')}>
          {list.items.map((one) => (
            <Row key={one.number} row={one} on={one.number === chosen} choose={() => setChosen(one.number)} />
          ))}
        </ol>
      ) : null}
      {row ? (
        <ComparePane
          key={row.number}
          type={type}
          id={id}
          row={row}
          newest={row.number === newest}
          back={phone ? () => setChosen(null) : null}
          restore={restore}
        />
      ) : list && !phone ? (
        <p className="second ver-hint">
          {list.items.length > 1 ? t('versions.choose') : t('versions.only_one')}
        </p>
      ) : null}
    </Drawer>
  );
}
