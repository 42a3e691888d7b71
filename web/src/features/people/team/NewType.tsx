import { Input, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { refreshDesigns } from '@/api/designs';
import { queryClient } from '@/api/queries';
import { type CustomerMode, makeType, TYPES } from '@/api/records';
import { FormModal } from '@/components/FormModal';
import { StatesEditor } from '@/components/states/StatesEditor';
import { newState, type StateDraft, sentStates } from '@/components/states/states';
import { t } from '@/locales';

const MODES: CustomerMode[] = ['optional', 'required', 'none'];

/** 新建类型: what it is called, in which states its rows stand, and whether they belong to a customer. */
export function NewType({ close }: { close: () => void }) {
  const navigate = useNavigate();
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const [customer, setCustomer] = useState<CustomerMode>('optional');
  const [states, setStates] = useState<StateDraft[]>(() => [
    newState(t('own.state_first'), '#4A86D8'),
    newState(t('own.state_last'), '#0E6A5E', true),
  ]);
  const run = async () => {
    const made = await makeType({ zh: zh.trim(), en: en.trim(), customer, states: sentStates(states) });
    await Promise.all([refreshDesigns(), queryClient.invalidateQueries({ queryKey: TYPES })]);
    navigate(`/manage/forms/${made.record_type}`);
  };
  return (
    <FormModal
      title={t('own.type_new')}
      save={t('own.type_make')}
      ready={Boolean(zh.trim()) && states.some((one) => one.zh.trim())}
      run={run}
      close={close}
      width={720}
      className="type-form"
    >
      <div className="type-names">
        <label>
          <span className="second">{t('own.type_name')}</span>
          <Input
            autoFocus
            value={zh}
            maxLength={30}
            placeholder={t('own.type_hint')}
            onChange={(event) => setZh(event.target.value)}
          />
        </label>
        <label>
          <span className="second">{t('own.type_en')}</span>
          <Input value={en} maxLength={40} onChange={(event) => setEn(event.target.value)} />
        </label>
      </div>
      <div className="type-part">
        <span className="second" id="type-customer">
          {t('own.type_customer')}
        </span>
        <Radio.Group
          aria-labelledby="type-customer"
          value={customer}
          onChange={(event) => setCustomer(event.target.value as CustomerMode)}
          options={MODES.map((value) => ({ value, label: t(`own.customer_${value}`) }))}
        />
      </div>
      <div className="type-part">
        <span className="second">{t('own.states')}</span>
        <StatesEditor states={states} set={setStates} />
      </div>
      <p className="meta">{t('own.type_next')}</p>
    </FormModal>
  );
}
