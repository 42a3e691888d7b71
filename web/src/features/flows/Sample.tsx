import { Button, Select } from 'antd';
import { useState } from 'react';
import type { FlowBody, Flows } from '@/api/approval-flows';
import { type Asked, type Sample as Found, sampleApproval } from '@/api/approval-requests';
import { useLinkable } from '@/api/links';
import { AskedFigures } from '@/components/approvals/AskedFigures';
import { ChainView } from '@/components/approvals/ChainView';
import { Refusal } from '@/components/Refusal';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';

/** Who would be asked about a record by whom; nothing is written. */
export function Sample({ body, flows }: { body: FlowBody; flows: Flows }) {
  const [sought, setSought] = useState('');
  const [subject, setSubject] = useState<number | null>(null);
  const [asker, setAsker] = useState<number | null>(null);
  const [asked, setAsked] = useState<Asked>({});
  const [found, setFound] = useState<Found | null>(null);
  const hits = useLinkable(body.kind, sought, true);
  const { busy, failure, submit } = useSubmit(async () => {
    setFound(null);
    setFound(
      await sampleApproval({
        subject_type: body.kind,
        subject_id: subject,
        purpose: body.purpose,
        asker_id: asker,
        body: { ...body, name: body.name || '—' },
        ...asked,
      }),
    );
  });
  return (
    <aside className="sheet flo-sample">
      <h3>{t('flows.sample')}</h3>
      <p className="second">{t('flows.sample_hint')}</p>
      <Select<number>
        showSearch={{ filterOption: false, onSearch: setSought }}
        aria-label={t('flows.sample_record')}
        placeholder={t('flows.sample_record')}
        value={subject}
        options={hits.map((one) => ({ value: Number(one.id), label: one.name }))}
        onChange={setSubject}
      />
      <Select<number>
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('flows.sample_asker')}
        placeholder={t('flows.sample_asker')}
        value={asker}
        options={flows.people.map((one) => ({ value: Number(one.id), label: one.name }))}
        onChange={setAsker}
      />
      <AskedFigures fields={body.fields} value={asked} set={setAsked} />
      <Button loading={busy} disabled={subject === null} onClick={() => void submit()}>
        {t('flows.sample_show')}
      </Button>
      <Refusal failure={failure} />
      {found && !found.applies ? <p className="amber">{t('flows.sample_not')}</p> : null}
      {found?.stuck ? <p className="verm">{t('flows.sample_stuck')}</p> : null}
      {found ? <ChainView steps={found.steps} /> : null}
    </aside>
  );
}
