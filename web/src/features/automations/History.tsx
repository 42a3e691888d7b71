import { Drawer } from 'antd';
import { type Body, type Offered, useVersionsOf } from '@/api/automations';
import type { Id } from '@/api/types';
import { VersionList } from '@/components/VersionList';
import { usePhone } from '@/lib/media';
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
  return (
    <Drawer
      open
      title={t('automations.versions')}
      onClose={close}
      size={phone ? '100%' : 560}
      closable={{ placement: 'end' }}
    >
      <VersionList
        query={useVersionsOf(id)}
        none={t('automations.versions_none')}
        line={(one) => ({
          title: t('automations.version', { n: one.number }),
          live: one.live ? t('automations.in_force') : null,
          by: one.by,
          at: one.at,
          said: (
            <>
              <Said body={one.body} offered={offered} />
              {one.why}
            </>
          ),
          act:
            take && !one.live ? (
              <button type="button" className="act" onClick={() => take(one.body)}>
                {t('automations.take')}
              </button>
            ) : null,
        })}
      />
    </Drawer>
  );
}
