import { useState } from 'react';
import { refreshRequests, setStandIn, useApprovers } from '@/api/approval-requests';
import { DateInput } from '@/components/DateInput';
import { FormModal } from '@/components/FormModal';
import { Pick } from '@/components/Pick';
import { Sure } from '@/components/Sure';
import { say, sayFailure } from '@/lib/notify';
import { t } from '@/locales';

function Naming({ close }: { close: () => void }) {
  const people = useApprovers().data?.items ?? [];
  const [who, setWho] = useState<string | null>(null);
  const [until, setUntil] = useState('');
  return (
    <FormModal
      title={t('approvals.away_title')}
      className="own-form"
      ready={Boolean(who && until)}
      close={close}
      run={async () => {
        await setStandIn({ delegate_id: Number(who), until });
        say(t('approvals.away_set'));
        refreshRequests();
        close();
      }}
    >
      <p className="second">{t('approvals.away_hint')}</p>
      <Pick
        label={t('approvals.away_who')}
        placeholder={t('approvals.away_who')}
        value={who}
        choices={people.map((one) => ({ value: String(one.id), label: one.name }))}
        onChange={setWho}
      />
      <DateInput value={until} onChange={(day) => setUntil(day ?? '')} label={t('approvals.away_until')} />
    </FormModal>
  );
}

/** Who decides for me while I am away. */
export function StandInLine() {
  const { data } = useApprovers();
  const [open, setOpen] = useState(false);
  if (!data) return null;
  const end = () => setStandIn({ delegate_id: null }).then(refreshRequests, sayFailure);
  return (
    <p className="req-away second">
      {data.stand_in
        ? t('approvals.away_is', { name: data.stand_in.delegate.name, until: data.stand_in.until })
        : t('approvals.away_none')}
      <button type="button" className="act" onClick={() => setOpen(true)}>
        {t(data.stand_in ? 'approvals.away_change' : 'approvals.away_name')}
      </button>
      {data.stand_in ? <Sure what={t('approvals.away_end')} run={() => void end()} /> : null}
      {open ? <Naming close={() => setOpen(false)} /> : null}
    </p>
  );
}
