import { Drawer } from 'antd';
import { useState } from 'react';
import { type DesignVersion, refreshDesigns, rollBackDesign, useDesignVersions } from '@/api/designs';
import { useCan } from '@/app/session';
import { ErrorState } from '@/components/ErrorState';
import { Refusal } from '@/components/Refusal';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';

function Version({
  one,
  back,
}: {
  one: DesignVersion;
  /** null: it stands now, or it cannot come back at present. */
  back: (() => void) | null;
}) {
  const number = { n: one.number };
  return (
    <li className="fv-one" data-live={one.live || undefined}>
      <p className="fv-head">
        <b>{t('forms.version', number)}</b>
        {one.live ? <span className="fd-chip">{t('forms.version_live')}</span> : null}
        <span className="meta">{[one.by?.name ?? '', formatWhen(one.at)].filter(Boolean).join(' · ')}</span>
      </p>
      <p>{one.took ? t('forms.version_took', { n: one.took }) : words(one)}</p>
      {back ? (
        <div className="fv-back">
          <span className="meta">{t('forms.back_means', number)}</span>
          <button type="button" className="act" onClick={back}>
            {t('forms.back_to', number)}
          </button>
        </div>
      ) : null}
    </li>
  );
}

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
  const query = useDesignVersions(type);
  const may = useCan('field.roll_back');
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const back = async (to: number) => {
    setBusy(true);
    setFailure(null);
    try {
      const done = await rollBackDesign(type, version, to);
      await refreshDesigns();
      say(t('forms.went_back', { to, n: done.version }));
      close();
    } catch (refusal) {
      setFailure(refusal);
    }
    setBusy(false);
  };
  return (
    <Drawer open onClose={close} size={460} title={t('forms.versions')}>
      {query.error && !query.data ? (
        <ErrorState failure={query.error} retry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <SkeletonRows rows={4} /> : null}
      {dirty ? <p className="amber">{t('forms.back_dirty')}</p> : null}
      <Refusal failure={failure} />
      {query.data && !query.data.length ? <p className="second">{t('forms.versions_none')}</p> : null}
      <ol className="fv">
        {query.data?.map((one) => (
          <Version
            key={one.number}
            one={one}
            back={one.live || !may || dirty || busy ? null : () => void back(one.number)}
          />
        ))}
      </ol>
    </Drawer>
  );
}
