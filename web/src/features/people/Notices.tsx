import { Checkbox } from 'antd';
import { useMe } from '@/app/session';
import { sayFailure } from '@/lib/notify';
import { type Key, t } from '@/locales';
import { keep } from './keep';
import { Section } from './Section';

const KINDS: [string, Key][] = [
  ['before', 'people.notice_before'],
  ['transferred', 'people.notice_transferred'],
  ['shared', 'people.notice_shared'],
  ['comment', 'people.notice_comment'],
  ['import', 'people.notice_import'],
];

/** Which notices come to the inbox; work given to me and what is overdue always do. */
export function Notices() {
  const { member } = useMe();
  const muted = member.muted;
  const set = (kind: string, on: boolean) =>
    void keep({ muted: on ? muted.filter((one) => one !== kind) : [...muted, kind] }).catch(sayFailure);
  return (
    <Section title={t('people.me_notices')} note={t('people.me_notices_note')}>
      <div className="me-checks">
        {KINDS.map(([kind, label]) => (
          <Checkbox
            key={kind}
            checked={!muted.includes(kind)}
            onChange={(event) => set(kind, event.target.checked)}
          >
            {t(label)}
          </Checkbox>
        ))}
      </div>
    </Section>
  );
}
