import { Button, Input, Modal } from 'antd';
import { Users } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { askMerge } from '@/api/batches';
import { refreshWork } from '@/api/queries';
import type { CustomerPageData, Similar } from '@/api/types';
import { useCan } from '@/app/session';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';
import { Section } from './Side';

const MergeDialog = lazy(async () => ({ default: (await import('../batch/MergeDialog')).MergeDialog }));

function ownerOf(similar: Similar): string {
  return typeof similar.owner === 'string' ? similar.owner : (similar.owner?.name ?? '');
}

/** Ask whoever may decide; he gets a to-do with the reason, both sides learn no more than names. */
function Ask({ page, similar, close }: { page: CustomerPageData; similar: Similar; close: () => void }) {
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    try {
      const { asked } = await askMerge(page.customer.id, similar.name, why.trim());
      say(asked ? t('page.ask_done', { name: asked }) : t('page.ask_done_team'));
      close();
    } catch (failure) {
      sayFailure(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      width={440}
      title={t('page.ask_title', { name: similar.name })}
      okText={t('page.ask_do', { name: ownerOf(similar) || t('page.ask_somebody') })}
      cancelText={t('common.cancel')}
      okButtonProps={{ loading: busy }}
      onOk={() => void ask()}
      onCancel={close}
    >
      <p className="second">{t('page.ask_hint')}</p>
      <Input
        autoFocus
        value={why}
        maxLength={300}
        aria-label={t('page.ask_why')}
        placeholder={t('page.ask_why')}
        onChange={(event) => setWhy(event.target.value)}
      />
    </Modal>
  );
}

/** A possible second file of the same firm: never more than name, owner and last contact; merged, or asked for. */
export function Collision({ page }: { page: CustomerPageData }) {
  const [merging, setMerging] = useState<number | null>(null);
  const [asking, setAsking] = useState<Similar | null>(null);
  const mayAsk = useCan('customer.ask_merge') && Boolean(page.can.log);
  if (!page.similar.length) return null;
  const act = (one: Similar) => {
    if (one.id && one.visible && page.can.merge)
      return (
        <Button size="small" onClick={() => setMerging(one.id)}>
          {t('page.merge')}
        </Button>
      );
    if (!one.visible && mayAsk)
      return (
        <Button size="small" onClick={() => setAsking(one)}>
          {t('page.ask_short')}
        </Button>
      );
    return null;
  };
  return (
    <Section
      title={
        <>
          <Users size={15} strokeWidth={1.6} aria-hidden="true" /> {t('page.collision')}
        </>
      }
    >
      {page.similar.map((one) => (
        <div className="side-collision" key={`${one.id}${one.name}`}>
          <p>
            {t('page.collision_with')}
            {one.id && one.visible ? <a href={`/customers/${one.id}`}>{one.name}</a> : <b>{one.name}</b>}
            {t('page.collision_why', { why: words(one.why) })}
            {ownerOf(one) ? t('page.collision_owner', { name: ownerOf(one) }) : ''}
            {one.last_contact_at
              ? t(one.last_contact_by ? 'page.collision_last_by' : 'page.collision_last', {
                  name: one.last_contact_by ?? '',
                  when: formatDay(one.last_contact_at),
                })
              : ''}
          </p>
          {act(one)}
        </div>
      ))}
      <Suspense fallback={null}>
        {merging === null ? null : (
          <MergeDialog
            ids={[page.customer.id, merging]}
            close={(done) => {
              setMerging(null);
              if (done) refreshWork(page.customer.id);
            }}
          />
        )}
      </Suspense>
      {asking ? <Ask page={page} similar={asking} close={() => setAsking(null)} /> : null}
    </Section>
  );
}
