import { Plus } from 'lucide-react';
import { t } from '@/locales';
import { countOf, GROUPS, type Group } from './draft';
import { Details } from './groups/Details';
import { Feelings, Satisfaction, Status } from './groups/Feelings';
import { Files } from './groups/Files';
import { Needs, Objections, Questions, Quotes, Risks } from './groups/Lines';
import { Participants } from './groups/Participants';
import { ResultText } from './groups/ResultText';
import type { Log } from './use-log';

const PARTS: Record<Group, (props: { log: Log }) => React.ReactNode> = {
  needs: Needs,
  objections: Objections,
  quotes: Quotes,
  qa: Questions,
  attitude: Feelings,
  satisfaction: Satisfaction,
  files: Files,
  participants: Participants,
  risks: Risks,
  status: Status,
  result: ResultText,
  details: Details,
};

/** What is asked only when needed: a chip opens its group, a number says what it holds. */
export function More({ log }: { log: Log }) {
  const { draft } = log;
  const shown = GROUPS.filter((group) => draft.open.includes(group));
  const toggle = (group: Group) =>
    log.change((old) => ({
      open: old.open.includes(group) ? old.open.filter((one) => one !== group) : [...old.open, group],
    }));
  return (
    <div className="field">
      <span className="second">{t('followups.more')}</span>
      <div className="more-chips">
        {GROUPS.map((group) => {
          const count = countOf(draft, group);
          const open = draft.open.includes(group);
          return (
            <button
              type="button"
              key={group}
              className={`chip${count || open ? ' chip-on' : ''}`}
              aria-expanded={open}
              onClick={() => toggle(group)}
            >
              {count || open ? null : <Plus size={13} strokeWidth={1.6} aria-hidden="true" />}
              {t(`followups.group_${group}`)}
              {count ? ` ${count}` : ''}
            </button>
          );
        })}
      </div>
      {shown.map((group) => {
        const Part = PARTS[group];
        return (
          <section className="group" key={group} aria-label={t(`followups.group_${group}`)}>
            <Part log={log} />
          </section>
        );
      })}
    </div>
  );
}
