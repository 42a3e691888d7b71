import { Drawer } from 'antd';
import { type PlayVersion, refreshPlaybooks, rollBackPlaybook, usePlayVersions } from '@/api/playbooks';
import { Refusal } from '@/components/Refusal';
import { VersionList } from '@/components/VersionList';
import { say } from '@/lib/notify';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { changesOf } from './changes';
import { draftOf } from './draft';
import { changeSaid } from './said';
import type { Shaping } from './use-shaping';

/** What a version changed of the one before it. */
function saidOf(all: readonly PlayVersion[], one: PlayVersion): string {
  if (one.took) return t('playbook.took', { n: one.took });
  const before = all.find((other) => other.number === one.number - 1);
  if (!before) return t('playbook.first');
  const { nodes } = one.document;
  const now = { ...draftOf(one.document), mapping: one.mapping };
  return changesOf(draftOf(before.document), now)
    .map((change) => changeSaid(change, nodes))
    .join(t('playbook.semicolon'));
}

/** Every version of the process; an older one comes back in one click, as a new version. */
export function Versions({ shaping, edits, close }: { shaping: Shaping; edits: boolean; close: () => void }) {
  const { base, dirty } = shaping;
  const query = usePlayVersions(base.key);
  return (
    <Drawer open onClose={close} size={460} title={t('designer.versions')}>
      {dirty ? <p className="amber">{t('designer.back_dirty')}</p> : null}
      <VersionList
        query={query}
        none={t('designer.versions_none')}
        line={(one) => ({
          title: t('designer.version', { n: one.number }),
          live: one.live ? t('designer.version_live') : null,
          by: one.by,
          at: one.at,
          said: (
            <>
              {one.why ? <p>{one.why}</p> : null}
              {saidOf(query.data ?? [], one)}
            </>
          ),
          act:
            edits && !dirty && one.number !== base.version ? (
              <Back shaping={shaping} to={one.number} close={close} />
            ) : null,
        })}
      />
    </Drawer>
  );
}

function Back({ shaping, to, close }: { shaping: Shaping; to: number; close: () => void }) {
  const { base } = shaping;
  const { busy, failure, submit } = useSubmit(async () => {
    const done = await rollBackPlaybook(base.key, base.version, to);
    await refreshPlaybooks();
    say(t('designer.went_back', { to, n: done.version }));
    close();
  });
  return (
    <span className="pb-back">
      <button type="button" className="act" disabled={busy} onClick={() => void submit()}>
        {t('designer.back_to', { n: to })}
      </button>
      <Refusal failure={failure} />
    </span>
  );
}
