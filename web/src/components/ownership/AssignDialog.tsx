import { useQuery } from '@tanstack/react-query';
import { Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import {
  type AssignAsked,
  assignCustomers,
  previewAssign,
  refreshOwnership,
  useReceivers,
} from '@/api/ownership';
import type { Id } from '@/api/types';
import { Confirm } from '@/components/batch/Confirm';
import { sayWithUndo } from '@/components/batch/undo';
import { t } from '@/locales';
import { LimitInput, type LimitValues } from './LimitInput';
import './ownership.css';

/** 分配 a batch: people who share it evenly, or the rules; who gets how many stands there before the button. */
export function AssignDialog({ ids, close }: { ids: Id[]; close: (done: boolean) => void }) {
  const [by, setBy] = useState<AssignAsked['by']>('hand');
  const [people, setPeople] = useState<Id[]>([]);
  const [limit, setLimit] = useState<LimitValues>({ amount: 4, clock: 'work_hours', otherwise: 'back' });
  const [why, setWhy] = useState('');
  const receivers = useReceivers();
  const asked: AssignAsked = { ids, by, member_ids: by === 'hand' ? people : [], ...limit, why: '' };
  const preview = useQuery({
    queryKey: ['assignments', 'preview', asked],
    queryFn: () => previewAssign(asked),
    placeholderData: (old) => old,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const run = async (can: Id[], key: string) => {
    const done = await assignCustomers({ ...asked, ids: can, why: why.trim() }, key);
    const { length } = done.nobody;
    const said = length
      ? t('ownership.done_nobody', { n: done.assigned, m: length })
      : t('ownership.done', { n: done.assigned });
    sayWithUndo(said, done.batch);
    refreshOwnership();
  };
  const shares = preview.data?.shares ?? [];
  return (
    <Confirm
      title={t('ownership.dialog_title', { n: ids.length })}
      preview={preview.data}
      previewFailure={preview.error}
      ready={by === 'rules' || people.length > 0}
      width={520}
      close={close}
      run={run}
    >
      <Segmented
        block
        value={by}
        options={[
          { value: 'hand', label: t('ownership.by_hand') },
          { value: 'rules', label: t('ownership.by_rules') },
        ]}
        onChange={(next) => setBy(next as AssignAsked['by'])}
      />
      {by === 'hand' ? (
        <>
          <label htmlFor="assign-to">
            {t('ownership.to')}
            <Select
              id="assign-to"
              mode="multiple"
              value={people}
              placeholder={t('ownership.to')}
              showSearch={{ optionFilterProp: 'label' }}
              options={(receivers.data?.items ?? []).map((one) => ({
                value: one.id,
                label: `${one.name}（${t('ownership.people_open', { n: one.open })}）`,
              }))}
              onChange={setPeople}
            />
          </label>
          <LimitInput value={limit} set={setLimit} />
        </>
      ) : null}
      <label>
        {t('ownership.why')}
        <Input value={why} maxLength={300} onChange={(event) => setWhy(event.target.value)} />
      </label>
      {shares.length ? (
        <p className="own-shares">
          {shares.map((one) => (
            <span key={one.id}>{t('ownership.share', { name: one.name, n: one.count })}</span>
          ))}
        </p>
      ) : null}
    </Confirm>
  );
}
