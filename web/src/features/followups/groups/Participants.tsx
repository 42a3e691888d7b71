import { t } from '@/locales';
import type { LogDraft } from '../draft';
import type { Log } from '../use-log';

type Side = 'participants_ours' | 'participants_theirs';

function Toggle({ log, side, people }: { log: Log; side: Side; people: { id: number; name: string }[] }) {
  const chosen = log.draft[side];
  return (
    <span className="group-people">
      {people.map((person) => {
        const on = chosen.includes(person.id);
        return (
          <button
            type="button"
            key={person.id}
            className={`chip${on ? ' chip-on' : ''}`}
            aria-pressed={on}
            onClick={() =>
              log.change({
                [side]: on ? chosen.filter((id) => id !== person.id) : [...chosen, person.id],
              } as Partial<LogDraft>)
            }
          >
            {person.name}
          </button>
        );
      })}
      {people.length ? null : <span className="meta">{t('followups.nobody_else')}</span>}
    </span>
  );
}

/** Who else took part, on both sides. */
export function Participants({ log }: { log: Log }) {
  return (
    <>
      <div className="group-row">
        <span className="second">{t('followups.side_customer')}</span>
        <Toggle
          log={log}
          side="participants_theirs"
          people={log.contacts.filter((contact) => contact.id !== log.contactId)}
        />
      </div>
      <div className="group-row">
        <span className="second">{t('followups.side_us')}</span>
        <Toggle
          log={log}
          side="participants_ours"
          people={log.members.filter((member) => member.id !== log.me.id).slice(0, 40)}
        />
      </div>
    </>
  );
}
