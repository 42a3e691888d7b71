import { Dropdown } from 'antd';
import {
  Award,
  Download,
  Ellipsis,
  Merge,
  Tag,
  Trash2,
  UserRoundCheck,
  UserRoundPlus,
  Waves,
  X,
} from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMe } from '@/app/session';
import { exportRows } from '@/components/list/export';
import type { ListState } from '@/components/list/list-state';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import type { BatchVerb } from '../batch/BatchDialog';
import { FIRST, type Rows } from './rows';
import { MOST_CHOSEN, type Selection } from './use-selection';

const BatchDialog = lazy(async () => ({ default: (await import('../batch/BatchDialog')).BatchDialog }));
const MOST_MERGED = 5;
const IN_SIGHT = 4;

const VERBS = [
  ['assign', UserRoundPlus, 'ownership.assign', 'customer.assign'],
  ['transfer', UserRoundCheck, 'customers.batch_transfer', 'customer.transfer'],
  ['merge', Merge, 'customers.batch_merge', 'customer.merge'],
  ['tags', Tag, 'customers.batch_tags', 'customer.tag'],
  ['class', Award, 'customers.batch_class', 'customer.class'],
  ['put_back', Waves, 'customers.batch_put_back', 'pool.put_back'],
  ['export', Download, 'customers.batch_export', 'export.'],
  ['delete', Trash2, 'customers.batch_delete', 'customer.delete'],
] as const;

/** Appears with the first tick; what the member may not do, or not with so many, is not offered. */
export function BatchBar({ selection, rows, state }: { selection: Selection; rows: Rows; state: ListState }) {
  const { verbs } = useMe();
  const { clear } = selection;
  const ids = [...selection.ids];
  const [open, setOpen] = useState<BatchVerb | null>(null);
  if (ids.length === 0) return null;
  const offered = VERBS.filter(
    ([key, , , verb]) =>
      verbs.some((held) => held.startsWith(verb)) &&
      (key !== 'merge' || (ids.length >= 2 && ids.length <= MOST_MERGED)),
  );
  const run = (key: (typeof VERBS)[number][0]) => {
    if (key !== 'export') setOpen(key);
    else exportRows('customer', ids, state).catch(sayFailure);
  };
  const more = offered.slice(IN_SIGHT);
  // All of the view, offered once everything that was read is chosen.
  const all = Math.min(rows.total ?? 0, MOST_CHOSEN);
  const wider = ids.length < all && ids.length >= Math.min(rows.count, FIRST) ? all : 0;
  const choose = () => rows.first(MOST_CHOSEN).then(selection.all).catch(sayFailure);
  return (
    <>
      <div className="batch" role="toolbar" aria-label={t('customers.selected', { n: ids.length })}>
        <b>{t('customers.selected', { n: ids.length })}</b>
        {wider ? (
          <button type="button" className="plain batch-all" onClick={() => void choose()}>
            {t(rows.capped ? 'customers.choose_first' : 'customers.choose_all', { n: wider })}
          </button>
        ) : null}
        {offered.slice(0, IN_SIGHT).map(([key, Icon, label]) => (
          <button type="button" className="plain" key={key} onClick={() => run(key)}>
            <Icon size={17} strokeWidth={1.6} aria-hidden="true" />
            {t(label)}
          </button>
        ))}
        {more.length ? (
          <Dropdown
            trigger={['click']}
            placement="topRight"
            menu={{
              items: more.map(([key, Icon, label]) => ({
                key,
                label: t(label),
                danger: key === 'delete',
                icon: <Icon size={16} strokeWidth={1.6} aria-hidden="true" />,
                onClick: () => run(key),
              })),
            }}
          >
            <button type="button" className="plain" aria-label={t('common.more')}>
              <Ellipsis size={17} strokeWidth={1.6} />
            </button>
          </Dropdown>
        ) : null}
        <button type="button" className="plain" aria-label={t('customers.batch_clear')} onClick={clear}>
          <X size={17} strokeWidth={1.6} />
        </button>
      </div>
      <Suspense fallback={null}>
        {open ? (
          <BatchDialog
            verb={open}
            ids={ids}
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
