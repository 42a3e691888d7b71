import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { type Care, doMany, refreshCare, useCareItems, type Whose } from '@/api/care';
import { ApiError } from '@/api/client';
import { BottomSheet } from '@/components/BottomSheet';
import { CareRow } from '@/components/care/CareRow';
import { ErrorState } from '@/components/ErrorState';
import { Refusal } from '@/components/Refusal';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { say } from '@/lib/notify';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import type { Shown } from './range';

/** The same was done for all that are open here; key customers are asked about first. */
function Together({ items }: { items: readonly Care[] }) {
  const [did, setDid] = useState('');
  const ids = items.map((one) => one.id);
  const send = async (some: number[], sure = false) => {
    const { done } = await doMany(some, did.trim(), sure);
    say(t('care.many_done', { n: done }));
    refreshCare();
  };
  const all = useSubmit(() => send(ids));
  const refused = all.failure;
  const keyed = refused instanceof ApiError && refused.code === 'key_customers' ? refused.extra.ids : null;
  const rest = ids.filter((id) => !((keyed as number[] | null) ?? []).includes(id));
  const others = useSubmit(() => send(rest));
  const sure = useSubmit(() => send(ids, true));
  return (
    <div className="care-together">
      <Input
        maxLength={500}
        aria-label={t('care.many_did')}
        placeholder={t('care.many_did')}
        value={did}
        onChange={(event) => setDid(event.target.value)}
      />
      <Button disabled={!did.trim()} loading={all.busy} onClick={() => void all.submit()}>
        {t('care.many', { n: ids.length })}
      </Button>
      <Refusal failure={sure.failure ?? others.failure ?? refused} />
      {keyed ? (
        <>
          {rest.length ? (
            <Button loading={others.busy} onClick={() => void others.submit()}>
              {t('care.many_rest', { n: rest.length })}
            </Button>
          ) : null}
          <button type="button" className="act" onClick={() => void sure.submit()}>
            {t('care.many_all')}
          </button>
        </>
      ) : null}
    </div>
  );
}

/** The care of a day, of one plan, or of what somebody chose. */
export function DayDialog({
  shown,
  whose,
  today,
  close,
}: {
  shown: Shown;
  whose: Whose;
  today: string;
  close: () => void;
}) {
  const phone = usePhone();
  const { title, ids, ...asked } = shown;
  const query = useCareItems({ ...asked, whose, ...(ids ? { ids: ids.join(',') } : {}) });
  const page = query.data;
  const open = (page?.items ?? []).filter((one) => one.state === 'planned' && one.can && !one.review);
  const body = (
    <div className="care-dialog">
      {query.error ? (
        <ErrorState failure={query.error} retry={() => void query.refetch()} />
      ) : !page ? (
        <SkeletonRows rows={3} height={56} />
      ) : (
        <>
          {shown.plan && open.length > 1 ? <Together items={open} /> : null}
          {page.items.length ? null : <p className="second">{t('care.nothing')}</p>}
          <ul>
            {page.items.map((one) => (
              <CareRow key={one.id} one={one} options={page.options} today={today} />
            ))}
          </ul>
          {page.next ? (
            <p className="meta">{t('care.and_more', { n: page.count - page.items.length })}</p>
          ) : null}
        </>
      )}
    </div>
  );
  if (phone)
    return (
      <BottomSheet title={title} close={close}>
        {body}
      </BottomSheet>
    );
  return (
    <Modal open title={title} footer={null} onCancel={close} width={560}>
      {body}
    </Modal>
  );
}
