import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { addCare, refreshCare, useCareItems } from '@/api/care';
import { api } from '@/api/client';
import type { Id } from '@/api/types';
import { careChoices } from '@/components/care/CareRow';
import { DateInput } from '@/components/DateInput';
import { FormModal } from '@/components/FormModal';
import { Pick } from '@/components/Pick';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useSettled } from '@/lib/settled';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';
import { addDays } from './range';

interface Found {
  items: { id: Id; name: string }[];
}

/** One act of care by hand, for a customer looked for by name. */
export function AddCare({ today, close }: { today: string; close: () => void }) {
  const [customer, setCustomer] = useState<Id | null>(null);
  const [q, setQ] = useState('');
  const [kind, setKind] = useState<string | null>('return_visit');
  const [act, setAct] = useState('');
  const [text, setText] = useState('');
  const [on, setOn] = useState(addDays(today, 1));
  const asked = useSettled(q);
  const found = useQuery({
    queryKey: ['care', 'customers', asked],
    queryFn: () => api.get<Found>('/customers', { query: { q: asked, limit: 20 } }),
  });
  const page = useCareItems({ from: today, to: today, whose: 'mine' });
  const run = async () => {
    const { warning } = await addCare(customer ?? 0, {
      kind: kind ?? '',
      act: act.trim(),
      text: text.trim(),
      due_on: on,
    });
    say(warning ? words(warning) : t('care.added', { day: formatDay(on) }));
    refreshCare(customer ?? undefined);
    close();
  };
  return (
    <FormModal
      title={t('care.add')}
      ready={customer !== null && Boolean(act.trim() && kind)}
      run={run}
      close={close}
      className="care-add"
    >
      <Select
        aria-label={t('care.customer')}
        placeholder={t('care.customer')}
        value={customer}
        showSearch={{ filterOption: false, onSearch: setQ }}
        options={(found.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
        onChange={setCustomer}
      />
      <Pick
        label={t('care.kind')}
        value={kind}
        clear={false}
        choices={careChoices(page.data?.options.care_kind ?? [])}
        onChange={setKind}
      />
      <Input
        maxLength={200}
        aria-label={t('care.act')}
        placeholder={t('care.act')}
        value={act}
        onChange={(event) => setAct(event.target.value)}
      />
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={2000}
        aria-label={t('care.text')}
        placeholder={t('care.text')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <DateInput label={t('care.day')} min={today} value={on} onChange={(day) => setOn(day ?? on)} />
    </FormModal>
  );
}
