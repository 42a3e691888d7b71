import { useQuery } from '@tanstack/react-query';
import { ArrowRightLeft, Download, Trash2, UserRoundCheck, X } from 'lucide-react';
import { useState } from 'react';
import type { BatchPreview } from '@/api/batches';
import { api } from '@/api/client';
import { useMembers } from '@/api/queries';
import { pathOf, refreshRecords } from '@/api/records';
import type { Words } from '@/api/types';
import { useMe } from '@/app/session';
import { Confirm } from '@/components/batch/Confirm';
import { sayWithUndo } from '@/components/batch/undo';
import { exportRows } from '@/components/list/export';
import type { ListState } from '@/components/list/list-state';
import { Pick } from '@/components/Pick';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';

type Verb = 'move' | 'assign' | 'delete';
type OwnPreview = BatchPreview & { states?: (Words & { key: string })[] };
const VERBS = [
  ['move', ArrowRightLeft, 'own.move', 'record.move'],
  ['assign', UserRoundCheck, 'own.assign', 'record.assign'],
  ['delete', Trash2, 'common.delete', 'record.delete'],
] as const;

interface Asked {
  verb: Verb;
  type: string;
  ids: number[];
  close: (done: boolean) => void;
}

/** Where to, or to whom; what would happen stands there before the button. */
function Change({ verb, type, ids, close }: Asked) {
  const people = useMembers(verb === 'assign');
  const [to, setTo] = useState<string | null>(null);
  const body = {
    verb,
    ids,
    ...(verb === 'move' ? { state: to ?? '' } : {}),
    ...(verb === 'assign' ? { owner_id: to === null ? null : Number(to) } : {}),
  };
  const preview = useQuery({
    queryKey: ['preview', type, body],
    queryFn: () => api.post<OwnPreview>(`${pathOf(type)}/preview`, body),
    placeholderData: (old) => old,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const choices =
    verb === 'move'
      ? (preview.data?.states ?? []).map((one) => ({ value: one.key, label: words(one) }))
      : (people.data?.items ?? [])
          .filter((one) => one.active)
          .map((one) => ({ value: String(one.id), label: one.name, note: one.spelling.join(' ') }));
  const label = t(verb === 'move' ? 'own.move_to' : 'own.assign_to');
  const run = async (can: number[], key: string) => {
    const sent = { ids: can, ...(verb === 'move' ? { state: to } : {}) };
    const whole = verb === 'assign' ? { ...sent, owner_id: Number(to) } : sent;
    const done = await api.post<{ batch: string }>(`${pathOf(type)}/${verb}`, whole, { idempotencyKey: key });
    await refreshRecords();
    sayWithUndo(t(`own.done_${verb}`, { n: can.length }), done.batch, refreshRecords);
  };
  return (
    <Confirm
      title={t(`own.title_${verb}`, { n: ids.length })}
      preview={preview.data}
      previewFailure={preview.error}
      ready={verb === 'delete' || to !== null}
      danger={verb === 'delete'}
      close={close}
      run={run}
    >
      {verb === 'delete' ? null : (
        <Pick label={label} placeholder={label} clear={false} value={to} choices={choices} onChange={setTo} />
      )}
    </Confirm>
  );
}

/** Appears with the first tick; what the member may not do is not offered. */
export function BatchBar({
  type,
  ids,
  state,
  clear,
}: {
  type: string;
  ids: number[];
  state: ListState;
  clear: () => void;
}) {
  const { verbs } = useMe();
  const [open, setOpen] = useState<Verb | null>(null);
  if (!ids.length) return null;
  return (
    <>
      <div className="batch" role="toolbar" aria-label={t('own.selected', { n: ids.length })}>
        <b>{t('own.selected', { n: ids.length })}</b>
        {VERBS.filter(([, , , verb]) => verbs.includes(verb)).map(([key, Icon, label]) => (
          <button type="button" className="plain" key={key} onClick={() => setOpen(key)}>
            <Icon size={17} strokeWidth={1.6} aria-hidden="true" />
            {t(label)}
          </button>
        ))}
        {verbs.some((verb) => verb.startsWith('export.')) ? (
          <button
            type="button"
            className="plain"
            onClick={() => void exportRows(type, ids, state).catch(sayFailure)}
          >
            <Download size={17} strokeWidth={1.6} aria-hidden="true" />
            {t('customers.batch_export')}
          </button>
        ) : null}
        <button type="button" className="plain" aria-label={t('customers.batch_clear')} onClick={clear}>
          <X size={17} strokeWidth={1.6} />
        </button>
      </div>
      {open ? (
        <Change
          key={open}
          verb={open}
          type={type}
          ids={ids}
          close={(done) => {
            setOpen(null);
            if (done) clear();
          }}
        />
      ) : null}
    </>
  );
}
