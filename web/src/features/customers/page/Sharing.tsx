import { Input } from 'antd';
import { X } from 'lucide-react';
import { useState } from 'react';
import { addCollaborator, removeCollaborator } from '@/api/customers';
import { refreshWork, useMembers } from '@/api/queries';
import type { CustomerPageData } from '@/api/types';
import { Avatar } from '@/components/Avatar';
import { Pick } from '@/components/Pick';
import { Sure } from '@/components/Sure';
import { say, sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { Section } from './Side';

/** Who holds the customer and who works on it with him. */
export function Sharing({ page }: { page: CustomerPageData }) {
  const { id, owner, collaborators } = page.customer;
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState('');
  const can = Boolean(page.can.share);
  const members = useMembers(open);
  const there = new Set([owner?.id, ...collaborators.map((one) => one.id)]);
  const others = (members.data?.items ?? []).filter((one) => one.active && !there.has(one.id));
  const run = (work: Promise<unknown>, done: string) =>
    void work.then(() => {
      say(done);
      refreshWork(id);
    }, sayFailure);
  const add = (value: string | null) => {
    const member = others.find((one) => String(one.id) === value);
    if (!member) return;
    setOpen(false);
    setWhy('');
    run(addCollaborator(id, member.id, why.trim()), t('page.share_done', { name: member.name }));
  };
  return (
    <Section
      title={t('page.sharing')}
      note={
        can ? (
          <button type="button" className="act" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('page.share_add')}
          </button>
        ) : null
      }
    >
      {owner ? (
        <div className="side-member">
          <Avatar name={owner.name} size={24} />
          <span className="cut">{owner.name}</span>
          <span className="meta">{t('page.owner')}</span>
        </div>
      ) : (
        <p className="second">{t('page.no_owner')}</p>
      )}
      {collaborators.map((one) => (
        <div className="side-member" key={one.id}>
          <Avatar name={one.name} size={24} />
          <span className="cut">{one.name}</span>
          <span className="meta">{t('page.collaborator')}</span>
          {can ? (
            <Sure
              className="icon-act"
              what={t('page.unshare', { name: one.name })}
              run={() => run(removeCollaborator(id, one.id), t('page.unshare_done', { name: one.name }))}
            >
              <X size={14} strokeWidth={1.6} />
            </Sure>
          ) : null}
        </div>
      ))}
      {open ? (
        <div className="side-share">
          <Input
            value={why}
            maxLength={300}
            aria-label={t('ownership.share_why')}
            placeholder={`${t('ownership.share_why')}，${t('ownership.share_why_hint')}`}
            onChange={(event) => setWhy(event.target.value)}
          />
          <Pick
            label={t('page.share_who')}
            placeholder={t('page.share_who')}
            value={null}
            choices={others.map((one) => ({ value: String(one.id), label: one.name }))}
            onChange={add}
          />
          <p className="meta">{t('page.share_hint')}</p>
        </div>
      ) : null}
    </Section>
  );
}
