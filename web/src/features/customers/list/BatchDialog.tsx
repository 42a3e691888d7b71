import { Input, Modal, Radio, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { api, newKey, sentenceOf } from '@/api/client';
import { refreshWork, useMembers } from '@/api/queries';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import type { BatchVerb } from './BatchBar';
import { exportRows } from './export';
import type { ListState } from './list-state';

interface DialogProps {
  ids: number[];
  close: (done: boolean) => void;
}

/** A dialog whose button waits for the server; a refusal stays in it as the server's sentence. */
function Confirm({
  title,
  button,
  ready,
  danger,
  run,
  close,
  children,
}: {
  title: string;
  button: string;
  ready: boolean;
  danger?: boolean;
  run: (key: string) => Promise<void>;
  close: (done: boolean) => void;
  children: ReactNode;
}) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [key] = useState(newKey);
  const go = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await run(key);
      refreshWork();
      close(true);
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      okText={button}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready, loading: busy, danger }}
      onOk={() => void go()}
      onCancel={() => close(false)}
      width={440}
    >
      <div className="batch-form">
        {children}
        {failure ? <p className="verm">{sentenceOf(failure)}</p> : null}
      </div>
    </Modal>
  );
}

function ClassDialog({ ids, close }: DialogProps) {
  const labels = useLabels();
  const [chosen, setChosen] = useState<string | null>(null);
  const options = labels.options('intent_class');
  const name = words(options.find((one) => one.key === chosen));
  return (
    <Confirm
      title={t('customers.class_title', { n: ids.length })}
      button={t('common.save')}
      ready={chosen !== null}
      close={close}
      run={async (key) => {
        await api.post('/customers/class', { ids, intent_class: chosen }, { idempotencyKey: key });
        say(t('customers.class_done', { n: ids.length, c: name }));
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
  return (
    <Confirm
      title={t('customers.tags_title', { n: ids.length })}
      button={t('common.save')}
      ready={add.length > 0}
      close={close}
      run={async (key) => {
        await api.post('/customers/tags', { ids, add, remove: [] }, { idempotencyKey: key });
        say(t('customers.tags_done', { n: ids.length }));
      }}
    >
      <Input
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={t('customers.tags_hint')}
      />
    </Confirm>
  );
}

function TransferDialog({ ids, close }: DialogProps) {
  const members = useMembers();
  const [to, setTo] = useState<number | null>(null);
  const [why, setWhy] = useState('');
  const name = members.data?.items.find((one) => one.id === to)?.name ?? '';
  return (
    <Confirm
      title={t('customers.transfer_title', { n: ids.length })}
      button={t('customers.transfer_do', { n: ids.length })}
      ready={to !== null && why.trim() !== ''}
      close={close}
      run={async (key) => {
        const body = { ids, to_member_id: to, why: why.trim() };
        await api.post('/customers/transfer', body, { idempotencyKey: key });
        say(t('customers.transfer_done', { n: ids.length, name }));
      }}
    >
      <label>
        {t('customers.transfer_to')}
        <Select
          showSearch
          optionFilterProp="label"
          value={to}
          onChange={setTo}
          options={(members.data?.items ?? [])
            .filter((one) => one.active)
            .map((one) => ({ value: one.id, label: one.name }))}
        />
      </label>
      <label>
        {t('customers.transfer_why')}
        <Input value={why} onChange={(event) => setWhy(event.target.value)} />
      </label>
      <p className="second">{t('customers.transfer_effect', { n: ids.length })}</p>
    </Confirm>
  );
}

async function restore(ids: number[]): Promise<void> {
  try {
    await api.post('/customers/restore', { ids });
    say(t('customers.restore_done', { n: ids.length }));
  } catch (failure) {
    sayFailure(failure);
  }
  refreshWork();
}

function DeleteDialog({ ids, close }: DialogProps) {
  return (
    <Confirm
      title={t('customers.delete_title', { n: ids.length })}
      button={t('customers.delete_do', { n: ids.length })}
      ready
      danger
      close={close}
      run={async (key) => {
        await api.post('/customers/delete', { ids }, { idempotencyKey: key });
        say(t('customers.delete_done', { n: ids.length }), 'ok', {
          label: t('common.undo'),
          run: () => void restore(ids),
        });
      }}
    >
      <p>{t('customers.delete_hint')}</p>
    </Confirm>
  );
}

function ExportNow({ ids, close, state }: DialogProps & { state: ListState }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: one press of the button is one export
  useEffect(() => {
    exportRows(ids, state).catch(sayFailure);
    close(false);
  }, []);
  return null;
}

export function BatchDialog({ verb, state, ...props }: DialogProps & { verb: BatchVerb; state: ListState }) {
  if (verb === 'class') return <ClassDialog {...props} />;
  if (verb === 'tags') return <TagsDialog {...props} />;
  if (verb === 'transfer') return <TransferDialog {...props} />;
  if (verb === 'delete') return <DeleteDialog {...props} />;
  return <ExportNow {...props} state={state} />;
}
