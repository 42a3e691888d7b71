import { Input, Radio } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type BatchPreview, type Offered, setClass } from '@/api/batches';
import { api } from '@/api/client';
import type { Proof } from '@/api/handovers';
import { Confirm } from '@/components/batch/Confirm';
import { usePreview } from '@/components/batch/Preview';
import { sayWithUndo } from '@/components/batch/undo';
import { AssignDialog } from '@/components/ownership/AssignDialog';
import { Pick } from '@/components/Pick';
import { ProofTable } from '@/components/ProofTable';
import { PutBackDialog } from '@/components/pools/PutBackDialog';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { MergeDialog } from './MergeDialog';

export type BatchVerb = 'class' | 'tags' | 'assign' | 'transfer' | 'merge' | 'put_back' | 'delete';
interface DialogProps {
  ids: number[];
  close: (done: boolean) => void;
}
interface Done {
  batch: string;
}

function ClassDialog({ ids, close }: DialogProps) {
  const labels = useLabels();
  const [chosen, setChosen] = useState('');
  const options = labels.options('intent_class');
  const name = words(options.find((one) => one.key === chosen));
  const preview = usePreview<BatchPreview>({ verb: 'class', ids, intent_class: chosen });
  return (
    <Confirm
      title={t('customers.class_title', { n: ids.length })}
      preview={preview.data}
      previewFailure={preview.error}
      ready={chosen !== ''}
      close={close}
      run={async (can, key) => {
        const done = await setClass(can, chosen, key);
        sayWithUndo(t('customers.class_done', { n: can.length, c: name }), done.batch);
      }}
    >
      <Radio.Group
        value={chosen}
        onChange={(event) => setChosen(event.target.value as string)}
        options={options.map((one) => ({ value: one.key, label: words(one) }))}
        optionType="button"
      />
    </Confirm>
  );
}

function TagsDialog({ ids, close }: DialogProps) {
  const [typed, setTyped] = useState('');
  const add = typed.split(/[,，、\s]+/).filter(Boolean);
  const preview = usePreview<BatchPreview>({ verb: 'tag', ids, add });
  return (
    <Confirm
      title={t('customers.tags_title', { n: ids.length })}
      preview={preview.data}
      previewFailure={preview.error}
      ready={add.length > 0}
      close={close}
      run={async (can, key) => {
        const done = await api.post<Done>(
          '/customers/tags',
          { ids: can, add, remove: [] },
          { idempotencyKey: key },
        );
        sayWithUndo(t('customers.tags_done', { n: can.length }), done.batch);
      }}
    >
      <Input
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={t('customers.tags_hint')}
        aria-label={t('customers.tags_hint')}
      />
    </Confirm>
  );
}

function TransferDialog({ ids, close }: DialogProps) {
  const [to, setTo] = useState<number | null>(null);
  const [why, setWhy] = useState('');
  const offered = usePreview<BatchPreview & Offered>({ verb: 'transfer', ids, to_member_id: null }).data;
  const people = offered?.receivers ?? [];
  const name = people.find((one) => one.id === to)?.name ?? '';
  const preview = usePreview<BatchPreview & { proof?: Proof | null }>({
    verb: 'transfer',
    ids,
    to_member_id: to,
  });
  return (
    <Confirm
      title={t('customers.transfer_title', { n: ids.length })}
      preview={preview.data}
      previewFailure={preview.error}
      ready={to !== null && why.trim() !== ''}
      close={close}
      run={async (can, key) => {
        const body = { ids: can, to_member_id: to, why: why.trim() };
        const done = await api.post<Done>('/customers/transfer', body, { idempotencyKey: key });
        sayWithUndo(t('customers.transfer_done', { n: can.length, name }), done.batch);
      }}
    >
      <label htmlFor="transfer-to">
        {t('customers.transfer_to')}
        <Pick
          id="transfer-to"
          label={t('customers.transfer_to')}
          value={to === null ? null : String(to)}
          choices={people.map((one) => ({ value: String(one.id), label: one.name }))}
          onChange={(value) => setTo(value === null ? null : Number(value))}
        />
        {offered && !offered.anywhere ? <span className="meta">{t('ownership.only_yours')}</span> : null}
      </label>
      {preview.data?.proof && to !== null ? (
        <section className="batch-proof" aria-label={t('batch.proof_title')}>
          <ProofTable proof={preview.data.proof} />
        </section>
      ) : null}
      <label>
        {t('customers.transfer_why')}
        <Input
          value={why}
          placeholder={t('customers.transfer_why_hint')}
          onChange={(event) => setWhy(event.target.value)}
        />
      </label>
      <Link className="meta" to={`/handovers?ids=${ids.slice(0, 200).join(',')}`}>
        {t('customers.transfer_handover')}
      </Link>
    </Confirm>
  );
}

function DeleteDialog({ ids, close }: DialogProps) {
  const preview = usePreview<BatchPreview>({ verb: 'delete', ids });
  return (
    <Confirm
      title={t('customers.delete_title', { n: ids.length })}
      preview={preview.data}
      previewFailure={preview.error}
      ready
      danger
      close={close}
      run={async (can, key) => {
        const done = await api.post<Done>('/customers/delete', { ids: can }, { idempotencyKey: key });
        sayWithUndo(t('customers.delete_done', { n: can.length }), done.batch);
      }}
    />
  );
}

export function BatchDialog({ verb, ...props }: DialogProps & { verb: BatchVerb }) {
  if (verb === 'class') return <ClassDialog {...props} />;
  if (verb === 'tags') return <TagsDialog {...props} />;
  if (verb === 'assign') return <AssignDialog {...props} />;
  if (verb === 'transfer') return <TransferDialog {...props} />;
  if (verb === 'put_back') return <PutBackDialog {...props} />;
  if (verb === 'merge') return <MergeDialog {...props} />;
  return <DeleteDialog {...props} />;
}
