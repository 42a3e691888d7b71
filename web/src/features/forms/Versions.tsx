import { Drawer } from 'antd';
import { useState } from 'react';
import { refreshDesigns, rollBackDesign, useDesignVersions } from '@/api/designs';
import { useCan } from '@/app/session';
import { Refusal } from '@/components/Refusal';
import { VersionList } from '@/components/VersionList';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { t } from '@/locales';

/** Every version of the form: who, when, what; an older one comes back in one click, as a new version. */
export function Versions({
  type,
  version,
  dirty,
  close,
}: {
  type: string;
  version: number;
  /** With unpublished changes nothing is rolled back under them. */
  dirty: boolean;
  close: () => void;
}) {
  const may = useCan('field.roll_back');
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const back = async (to: number) => {
    setBusy(true);
    setFailure(null);
    try {
      const done = await rollBackDesign(type, version, to);
      await refreshDesigns();
      say(t('designer.went_back', { to, n: done.version }));
      close();
    } catch (refusal) {
      setFailure(refusal);
    }
    setBusy(false);
  };
  return (
    <Drawer open onClose={close} size={460} title={t('designer.versions')}>
      {dirty ? <p className="amber">{t('designer.back_dirty')}</p> : null}
      <Refusal failure={failure} />
      <VersionList
        query={useDesignVersions(type)}
        none={t('designer.versions_none')}
        line={(one) => ({
          title: t('designer.version', { n: one.number }),
          live: one.live ? t('designer.version_live') : null,
          by: one.by,
          at: one.at,
          said: one.took ? t('forms.version_took', { n: one.took }) : words(one),
          act:
            one.live || !may || dirty || busy ? null : (
              <button
                type="button"
                className="act"
                title={t('forms.back_means', { n: one.number })}
                onClick={() => void back(one.number)}
              >
                {t('designer.back_to', { n: one.number })}
              </button>
            ),
        })}
      />
    </Drawer>
  );
}
