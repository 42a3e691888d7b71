import { FileUp, ListChecks, UserPlus, UserSearch } from 'lucide-react';
import { Link } from 'react-router';
import type { DeskItem, DeskToday } from '@/api/types';
import { useSells } from '@/app/session';
import { ClassBadge } from '@/components/ClassBadge';
import { EmptyState } from '@/components/EmptyState';
import { shortFirm, words } from '@/lib/names';
import { formatClock } from '@/lib/time';
import { t } from '@/locales';
import { rowKey } from './actions';

function Sunrise() {
  return (
    <svg width="112" height="64" viewBox="0 0 112 64" fill="none" aria-hidden="true">
      <path d="M30 54a26 26 0 0 1 52 0z" fill="var(--pine-soft)" stroke="var(--pine)" strokeWidth="1.8" />
      <path d="M4 54h104M56 4v12M24 16l8 8M88 16l-8 8" stroke="var(--line2)" strokeWidth="1.8" />
      <path
        d="M46 42l7 7 13-15"
        stroke="var(--pine)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

const TEAM_STEPS = [
  ['/agenda?view=team', ListChecks, 'desk.team_agenda', 'desk.team_agenda_hint'],
  ['/customers?view=silent', UserSearch, 'desk.start_silent', 'desk.start_silent_hint'],
  ['/import', FileUp, 'desk.start_import', 'desk.start_import_hint'],
] as const;
const NEXT_STEPS = [
  ['/customers?view=silent', UserSearch, 'desk.start_silent', 'desk.start_silent_hint'],
  ['/agenda', ListChecks, 'desk.later', 'desk.later_hint'],
  ['/customers?new=1', UserPlus, 'desk.start_more', 'desk.start_customer_hint'],
] as const;
const FIRST_STEPS = [
  ['/import', FileUp, 'desk.start_import', 'desk.start_import_hint'],
  ['/customers?new=1', UserPlus, 'desk.start_customer', 'desk.start_customer_hint'],
  ['/customers?view=silent', UserSearch, 'desk.start_silent', 'desk.start_silent_hint'],
] as const;

/** Nothing is left today: what comes tomorrow, and what could be done ahead. */
export function EmptyToday({
  data,
  ahead,
  log,
}: {
  data: DeskToday;
  ahead: DeskItem[];
  log: (item: DeskItem) => void;
}) {
  const sells = useSells();
  const first = ahead[0];
  const fresh = data.week.records === 0 && !first;
  const steps = !sells ? TEAM_STEPS : fresh ? FIRST_STEPS : NEXT_STEPS;
  let hint = fresh ? t('desk.empty_hint') : t('desk.empty_none');
  if (first) {
    const when = first.due_at && first.precision === 'minute' ? `${formatClock(first.due_at)} ` : '';
    hint = first.customer
      ? t('desk.empty_tomorrow', { when, act: first.act, customer: shortFirm(first.customer.name) })
      : t('desk.empty_tomorrow_plain', { when, act: first.act });
  }
  return (
    <div className="desk-empty">
      <EmptyState
        title={fresh ? t('desk.empty_first') : t('desk.empty_title')}
        hint={hint}
        picture={<Sunrise />}
      />
      {first ? (
        <section className="ahead">
          <h3>{t('desk.empty_ahead')}</h3>
          {ahead.slice(0, 3).map((item) => (
            <div className="ahead-row" key={rowKey(item)}>
              <span className="cut">
                {item.customer ? shortFirm(item.customer.name) : item.act}{' '}
                <ClassBadge value={item.customer?.intent_class} />
                <span className="desk-second ahead-why cut">
                  {item.customer ? `${words(item.why)} · ${item.act}` : words(item.why)}
                </span>
              </span>
              <button type="button" className="act" onClick={() => log(item)}>
                {t('desk.do_now')}
              </button>
            </div>
          ))}
        </section>
      ) : (
        <section className="ahead">
          {steps.map(([to, Icon, title, note]) => (
            <Link className="ahead-row ahead-link" to={to} key={to}>
              <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
              <span>
                {t(title)}
                <span className="desk-second ahead-why">{t(note)}</span>
              </span>
            </Link>
          ))}
        </section>
      )}
    </div>
  );
}
