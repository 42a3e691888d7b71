import { Input } from 'antd';
import { useState } from 'react';
import { newKey } from '@/api/client';
import { putBack, refreshPools } from '@/api/pools';
import { sayWithUndo } from '@/components/batch/undo';
import { FormModal } from '@/components/FormModal';
import { t } from '@/locales';
import '@/components/batch/batch.css';

/** 退回公海: with the reason, which whoever takes the customer next reads first. */
export function PutBackDialog({ ids, close }: { ids: number[]; close: (done: boolean) => void }) {
  const [why, setWhy] = useState('');
  const [key] = useState(newKey);
  const run = async () => {
    const done = await putBack(ids, why, key);
    sayWithUndo(t('ownership.put_back_done', { n: done.returned }), done.batch, () => refreshPools());
    refreshPools();
    close(true);
  };
  return (
    <FormModal
      title={t('ownership.put_back_title', { n: ids.length })}
      save={t('customers.batch_put_back')}
      ready={why.trim() !== ''}
      run={run}
      close={() => close(false)}
      className="batch-form"
    >
      <label>
        <span className="second">{t('ownership.put_back_why')}</span>
        <Input.TextArea
          autoFocus
          maxLength={300}
          autoSize={{ minRows: 2, maxRows: 5 }}
          placeholder={t('ownership.put_back_hint')}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
      </label>
      <p className="meta">{t('ownership.put_back_note')}</p>
    </FormModal>
  );
}
