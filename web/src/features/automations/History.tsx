import { Drawer } from 'antd';
import { type Body, type Offered, useVersionsOf } from '@/api/automations';
import type { Id } from '@/api/types';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { Said } from './Said';

/** The versions so far: who published what when; an older one can be taken back into the draft. */
export function History({
  id,
  offered,
  take,
  close,
}: {
  id: Id;
  offered: Offered | undefined;
  take: ((body: Body) => void) | null;
  close: () => void;
}) {
  const phone = usePhone();
  const query = useVersionsOf(id);
  return (
    <Drawer
      open
      title={t('automations.versions')}
      onClose={close}
      size={phone ? '100%' : 560}
      closable={{ placement: 'end' }}
    >
      {query.error && !query.data ? (
        <ErrorState failure={query.error} retry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <SkeletonRows rows={4} height={64} /> : null}
      {query.data && !query.data.length ? <p className="second">{t('automations.versions_none')}</p> : null}
      <ol className="au-runs">
        {(query.data ?? []).map((one) => (
          <li className="au-run" key={one.number}>
            <span className="au-example-head">
              <b>{t('automations.version', { n: one.number })}</b>
              {one.live ? (
                <span className="pine">{t('automations.in_force')}</span>
              ) : take ? (
                <button type="button" className="act" onClick={() => take(one.body)}>
                  {t('automations.take')}
                </button>
              ) : null}
            </span>
            <Said body={one.body} offered={offered} />
            {one.why ? <span className="second">{one.why}</span> : null}
            <span className="meta">{[one.by?.name, formatWhen(one.at)].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
