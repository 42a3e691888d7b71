import { Input } from 'antd';
import { useState } from 'react';
import { closeDeal, type Deal, refreshDeals, reopenDeal } from '@/api/deals';
import { DateInput } from '@/components/DateInput';
import { choicesOf } from '@/components/deals/words';
import { FormModal } from '@/components/FormModal';
import { Pick } from '@/components/Pick';
import { say } from '@/lib/notify';
import { dayFromNow } from '@/lib/time';
import { t } from '@/locales';

/** Won or lost, with why. */
export function CloseDialog({ deal, act, close }: { deal: Deal; act: 'win' | 'lose'; close: () => void }) {
  const [reason, setReason] = useState<string | null>(null);
  const [text, setText] = useState('');
  const list = act === 'win' ? deal.options.deal_won_reason : deal.options.deal_lost_reason;
  return (
    <FormModal
      title={t(`deals.${act}_title`, { title: deal.title })}
      save={t(`deals.${act}`)}
      ready={reason !== null}
      danger={act === 'lose'}
      run={async () => {
        await closeDeal(deal.id, act, reason ?? '', text);
        say(t(act === 'win' ? 'deals.was_won' : 'deals.was_lost'));
        refreshDeals(deal.customer.id);
        close();
      }}
      close={close}
      className="deal-form"
    >
      <Pick
        label={t('deals.reason')}
        placeholder={t('deals.reason')}
        value={reason}
        choices={choicesOf(list)}
        onChange={setReason}
      />
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={500}
        value={text}
        aria-label={t('deals.reason_hint')}
        placeholder={t('deals.reason_hint')}
        onChange={(event) => setText(event.target.value)}
      />
    </FormModal>
  );
}

/** Open again: why, and by when it is expected now. */
export function ReopenDialog({ deal, close }: { deal: Deal; close: () => void }) {
  const [why, setWhy] = useState('');
  const [day, setDay] = useState(dayFromNow(30).slice(0, 10));
  return (
    <FormModal
      title={t('deals.reopen_title', { title: deal.title })}
      save={t('deals.reopen')}
      ready={Boolean(why.trim() && day)}
      run={async () => {
        await reopenDeal(deal.id, why, day);
        refreshDeals(deal.customer.id);
        close();
      }}
      close={close}
      className="deal-form"
    >
      <Input
        value={why}
        maxLength={500}
        aria-label={t('deals.reopen_why')}
        placeholder={t('deals.reopen_why')}
        onChange={(event) => setWhy(event.target.value)}
      />
      <label htmlFor="deal-again">
        <span className="second">{t('deals.close')}</span>
        <DateInput
          id="deal-again"
          label={t('deals.close')}
          value={day}
          onChange={(value) => setDay(value ?? '')}
        />
      </label>
    </FormModal>
  );
}
