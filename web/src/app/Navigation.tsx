import {
  ChartColumn,
  CircleQuestionMark,
  ClipboardCheck,
  ClipboardList,
  FileUp,
  Handshake,
  Inbox,
  Layers,
  type LucideIcon,
  MessagesSquare,
  NotebookPen,
  OctagonAlert,
  PenLine,
  Presentation,
  Settings,
  ShieldCheck,
  Sun,
  User,
  UserRoundPlus,
  Users,
} from 'lucide-react';
import { NavLink, useMatch } from 'react-router';
import { keys, queryClient } from '@/api/queries';
import type { DeskToday } from '@/api/types';
import { CareIcon } from '@/components/care/icon';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { partsOf } from '@/lib/team-parts';
import { type Key, t } from '@/locales';
import { useOpenLog } from './log';
import { usePalette } from './palette-context';
import { useCan, useMe } from './session';

interface Place {
  to: string;
  label: Key;
  icon: LucideIcon;
}

const PLACES: Place[] = [
  { to: '/today', label: 'shell.today', icon: Sun },
  { to: '/customers', label: 'shell.customers', icon: Users },
  { to: '/deals', label: 'shell.deals', icon: Handshake },
  { to: '/followups', label: 'shell.records', icon: NotebookPen },
  { to: '/agenda', label: 'shell.agenda', icon: Inbox },
  { to: '/care', label: 'shell.care', icon: CareIcon },
  { to: '/requests', label: 'requests.title', icon: MessagesSquare },
  { to: '/import', label: 'shell.import', icon: FileUp },
];

function Item({ to, label, icon: Icon, badge }: Place & { badge?: number }) {
  return (
    <NavLink to={to} className="nav-item">
      <span className="nav-icon">
        <Icon size={20} strokeWidth={1.5} aria-hidden="true" />
        {badge ? <span className="nav-badge">{badge > 99 ? '99+' : badge}</span> : null}
      </span>
      {t(label)}
    </NavLink>
  );
}

/** What is already known about today; the navigation never asks the server by itself. */
function overdueKnown(): number {
  return queryClient.getQueryData<DeskToday>(keys.today)?.headline.overdue ?? 0;
}

/** Verdicts that wait for the person, as today's list knows them. */
function reviewsKnown(): number {
  const waiting = queryClient.getQueryData<DeskToday>(keys.today)?.waiting ?? [];
  return waiting.find((row) => row.key === 'records')?.count ?? 0;
}

/** Customers that wait for an owner, as today's list knows them. */
function waitingKnown(): number {
  const waiting = queryClient.getQueryData<DeskToday>(keys.today)?.waiting ?? [];
  return waiting.find((row) => row.key === 'assign')?.count ?? 0;
}

/** So many types stand in the rail; further ones behind one entry. */
const IN_RAIL = 3;

/** The types of the team's own that one may see. */
function OwnTypes() {
  const labels = useLabels();
  const types = labels.ownTypes;
  const shown = types.length > IN_RAIL ? types.slice(0, IN_RAIL - 1) : types;
  return (
    <>
      {shown.map((type) => (
        <NavLink to={`/records/${type}`} className="nav-item" key={type}>
          <span className="nav-icon">
            <ClipboardList size={20} strokeWidth={1.5} aria-hidden="true" />
          </span>
          <span className="nav-own cut">{words(labels.type(type))}</span>
        </NavLink>
      ))}
      {types.length > shown.length ? <Item to="/records" label="own.all" icon={Layers} /> : null}
    </>
  );
}

/** The rail of the desktop: words under icons. */
export function Rail() {
  const reviews = useCan('approval.pass');
  const assigns = useCan('assignment.rules');
  const looksAfter = partsOf(useMe().verbs).length > 0;
  return (
    <nav className="rail" aria-label={t('shell.nav')}>
      <NavLink to="/today" className="rail-mark song" aria-label={t('shell.product')}>
        跟
      </NavLink>
      {PLACES.map((place) => (
        <Item key={place.to} {...place} />
      ))}
      <OwnTypes />
      {reviews ? (
        <Item to="/reviews" label="shell.reviews" icon={ClipboardCheck} badge={reviewsKnown()} />
      ) : null}
      {assigns ? (
        <Item to="/assign" label="shell.assign" icon={UserRoundPlus} badge={waitingKnown()} />
      ) : null}
      <Item to="/team" label="shell.targets" icon={ChartColumn} />
      {reviews ? <Item to="/exceptions" label="shell.exceptions" icon={OctagonAlert} /> : null}
      {reviews ? <Item to="/meeting" label="shell.meeting" icon={Presentation} /> : null}
      <span className="rail-gap" />
      {looksAfter ? <Item to="/manage" label="team.title" icon={ShieldCheck} /> : null}
      <Item to="/help" label="help.title" icon={CircleQuestionMark} />
      <Item to="/me" label="shell.settings" icon={Settings} />
    </nav>
  );
}

/** The tabs of the phone; the pen in the middle logs for the customer in view, else asks for whom. */
export function Tabs() {
  const palette = usePalette();
  const openLog = useOpenLog();
  const customer = useMatch('/customers/:id');
  const writing = useMatch('/customers/:id/log');
  const reviewing = useMatch('/reviews/*');
  // What a supervisor has to do himself stands on 今天.
  const leads = useCan('approval.pass');
  if (writing || reviewing) return null;
  const log = () => {
    const id = Number(customer?.params.id);
    if (id > 0) openLog({ customerId: id });
    else palette('log');
  };
  return (
    <nav className="tabs" aria-label={t('shell.nav')}>
      <Item to="/today" label="shell.today" icon={Sun} />
      <Item to="/customers" label="shell.customers" icon={Users} />
      <button type="button" className="tabs-pen" aria-label={t('common.log')} onClick={log}>
        <PenLine size={24} strokeWidth={1.6} aria-hidden="true" />
      </button>
      {leads ? (
        <Item to="/exceptions" label="shell.exceptions" icon={OctagonAlert} />
      ) : (
        <Item to="/agenda" label="shell.agenda" icon={Inbox} badge={overdueKnown()} />
      )}
      <Item to="/me" label="shell.me" icon={User} />
    </nav>
  );
}
