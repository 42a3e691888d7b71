import { Checkbox } from 'antd';
import { keep } from '@/api/keep';
import { useMe } from '@/app/session';
import { sayFailure } from '@/lib/notify';
import { type Key, t } from '@/locales';
import { Section } from './Section';

/** Kind, its words, and whether the inbox may go without it. */
const KINDS: [string, Key, boolean][] = [
  ['assigned', 'people.notice_assigned', false],
  ['overdue', 'people.notice_overdue', false],
  ['mention', 'people.notice_mention', false],
  ['before', 'people.notice_before', true],
  ['transferred', 'people.notice_transferred', true],
  ['shared', 'people.notice_shared', true],
  ['comment', 'people.notice_comment', true],
  ['import', 'people.notice_import', true],
  ['automation', 'people.notice_automation', true],
];
const NIGHT = { quiet_from: '21:00', quiet_to: '08:00' };

const without = (kinds: string[], kind: string) => kinds.filter((one) => one !== kind);

/** Which notices come, by which way, and when no mail does. */
export function Notices() {
  const { member } = useMe();
  const save = (change: Parameters<typeof keep>[0]) => void keep(change).catch(sayFailure);
  const inbox = (kind: string, on: boolean) =>
    save({ muted: on ? without(member.muted, kind) : [...member.muted, kind] });
  const mail = (kind: string, on: boolean) =>
    save({ mailed: on ? [...member.mailed, kind] : without(member.mailed, kind) });
  return (
    <Section id="notices" title={t('people.me_notices')} note={t('people.me_notices_note')}>
      <table className="notice-kinds">
        <thead>
          <tr className="meta">
            <th scope="col">{t('people.notice_kind')}</th>
            <th scope="col">{t('people.notice_inbox')}</th>
            <th scope="col">{t('people.notice_mail')}</th>
          </tr>
        </thead>
        <tbody>
          {KINDS.map(([kind, label, free]) => {
            const comes = !free || !member.muted.includes(kind);
            return (
              <tr key={kind}>
                <th scope="row">{t(label)}</th>
                <td>
                  <Checkbox
                    aria-label={`${t(label)} · ${t('people.notice_inbox')}`}
                    checked={comes}
                    disabled={!free}
                    onChange={(event) => inbox(kind, event.target.checked)}
                  />
                </td>
                <td>
                  <Checkbox
                    aria-label={`${t(label)} · ${t('people.notice_mail')}`}
                    checked={member.mail && comes && member.mailed.includes(kind)}
                    disabled={!member.mail || !comes}
                    onChange={(event) => mail(kind, event.target.checked)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {member.mail ? <Quiet save={save} /> : <p className="second">{t('people.notice_no_mail')}</p>}
    </Section>
  );
}

/** The hours in which no mail comes; what happens then waits for their end. */
function Quiet({ save }: { save: (change: Parameters<typeof keep>[0]) => void }) {
  const { member } = useMe();
  const { quiet_from, quiet_to } = member;
  const time = (slot: 'quiet_from' | 'quiet_to', value: string, label: string) => (
    <input
      type="time"
      className="ant-input ant-input-outlined quiet-time"
      aria-label={label}
      value={value}
      onChange={(event) => event.target.value && save({ quiet_from, quiet_to, [slot]: event.target.value })}
    />
  );
  return (
    <div className="quiet-hours">
      <Checkbox
        checked={quiet_from !== null}
        onChange={(event) => save(event.target.checked ? NIGHT : { quiet_from: null, quiet_to: null })}
      >
        {t('people.quiet')}
      </Checkbox>
      {quiet_from !== null && quiet_to !== null ? (
        <span className="quiet-span">
          {time('quiet_from', quiet_from, t('people.quiet_from'))}
          <span>–</span>
          {time('quiet_to', quiet_to, t('people.quiet_to'))}
        </span>
      ) : null}
      <p className="second">{t('people.quiet_note')}</p>
    </div>
  );
}
