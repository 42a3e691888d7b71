import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { Contract } from '@/api/contracts';
import { uploadFile } from '@/api/followups';
import { queryClient } from '@/api/queries';
import type { Id } from '@/api/types';
import { DropFile } from '@/components/DropFile';
import { Refusal } from '@/components/Refusal';
import { say } from '@/lib/notify';
import { t } from '@/locales';

interface Template {
  name: string;
  places: string[];
  can: { set: boolean };
}
const KEY = ['contracts', 'template'];

/** The administrator says which Word file the team's contracts are made from. */
function Change({ template }: { template: Template }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const put = async (choose: () => Promise<Id | null>) => {
    setBusy(true);
    setFailure(null);
    try {
      await api.put<void>('/contracts/template', { file_id: await choose() });
      await queryClient.invalidateQueries({ queryKey: KEY });
      say(t('contracts.template_saved'));
    } catch (refusal) {
      setFailure(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p className="contract-acts">
        <DropFile
          className="act"
          accept=".docx"
          label={t('contracts.template_change')}
          busy={busy}
          take={async (file) => {
            if (file) await put(async () => (await uploadFile(file, 'other')).id);
          }}
        >
          {t('contracts.template_change')}
        </DropFile>
        {template.name ? (
          <button type="button" className="act" disabled={busy} onClick={() => void put(async () => null)}>
            {t('contracts.template_drop')}
          </button>
        ) : null}
      </p>
      <Refusal failure={failure} />
      <p className="meta">
        {t('contracts.template_words', { names: template.places.map((name) => `{{${name}}}`).join(' ') })}
      </p>
    </>
  );
}

/** 合同文本: as Word from the team's template, and as PDF. */
export function Document({ contract }: { contract: Contract }) {
  const template = useQuery({
    queryKey: KEY,
    queryFn: () => api.get<Template>('/contracts/template'),
  }).data;
  const [open, setOpen] = useState(false);
  const at = (form: string) => `/api/v1/contracts/${contract.id}/file?format=${form}`;
  return (
    <section className="sheet contract-part">
      <header>
        <h2>{t('contracts.document')}</h2>
        <span>
          <a className="act" href={at('docx')}>
            {t('contracts.document_word')}
          </a>
          <a className="act" href={at('pdf')}>
            {t('contracts.document_pdf')}
          </a>
        </span>
      </header>
      <p className="second">
        {template?.name ? t('contracts.template_is', { name: template.name }) : t('contracts.template_none')}
        {template?.can.set ? (
          <button type="button" className="act" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('contracts.template')}
          </button>
        ) : null}
      </p>
      {open && template ? <Change template={template} /> : null}
    </section>
  );
}
