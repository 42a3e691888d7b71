import {
  Building2,
  ChevronsUp,
  History,
  KeyRound,
  LayoutList,
  ListChecks,
  type LucideIcon,
  MonitorSmartphone,
  Package,
  Route,
  ShieldCheck,
  Stamp,
  Users,
  Waves,
  Workflow,
} from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { Navigate, NavLink, useParams } from 'react-router';
import { useMe } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { SkeletonRows } from '@/components/Skeletons';
import { type Part, partsOf } from '@/lib/team-parts';
import { t } from '@/locales';
import '../me.css';
import './team.css';
import './role.css';
import './audit.css';
import './handover.css';

const MembersTab = lazy(async () => ({ default: (await import('./MembersTab')).MembersTab }));
const HandoverPage = lazy(async () => ({ default: (await import('./HandoverPage')).HandoverPage }));
const DepartmentsTab = lazy(async () => ({ default: (await import('./DepartmentsTab')).DepartmentsTab }));
const RolesTab = lazy(async () => ({ default: (await import('./RolesTab')).RolesTab }));
const RoleEditor = lazy(async () => ({ default: (await import('./RoleEditor')).RoleEditor }));
const FormsTab = lazy(async () => ({ default: (await import('./FormsTab')).FormsTab }));
const SessionsTab = lazy(async () => ({ default: (await import('./SessionsTab')).SessionsTab }));
const TokensTab = lazy(async () => ({ default: (await import('./TokensTab')).TokensTab }));
const AuditTab = lazy(async () => ({ default: (await import('./AuditTab')).AuditTab }));

const ICONS: Record<Part, LucideIcon> = {
  members: Users,
  departments: Building2,
  roles: ShieldCheck,
  forms: LayoutList,
  playbooks: Route,
  flows: Stamp,
  automations: Workflow,
  standard: ListChecks,
  ladders: ChevronsUp,
  pools: Waves,
  packs: Package,
  sessions: MonitorSmartphone,
  tokens: KeyRound,
  audit: History,
};

function Content({ part, id }: { part: Part; id: number | null }) {
  if (part === 'members') return id === null ? <MembersTab /> : <HandoverPage id={id} key={id} />;
  if (part === 'departments') return <DepartmentsTab />;
  if (part === 'roles') return id === null ? <RolesTab /> : <RoleEditor id={id} key={id} />;
  if (part === 'forms') return <FormsTab />;
  if (part === 'sessions') return <SessionsTab />;
  if (part === 'tokens') return <TokensTab />;
  return <AuditTab />;
}

/** 团队管理 around one of its parts; whoever may not see that one is led to the first that he may. */
export function TeamFrame({ part, children }: { part: string | undefined; children: ReactNode }) {
  const { verbs, org } = useMe();
  const open = partsOf(verbs);
  const chosen = open.find((one) => one === part);
  const nav = useRef<HTMLElement>(null);
  // On the phone the row of parts scrolls: the chosen one is in sight.
  useEffect(() => {
    if (chosen)
      nav.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  if (!open.length)
    return (
      <>
        <TopBar title={t('team.title')} />
        <EmptyState title={t('common.forbidden')} hint={t('team.closed')} />
      </>
    );
  if (!chosen) return <Navigate to={`/manage/${open[0]}`} replace />;
  return (
    <>
      <TopBar title={t('team.title')} sentence={org.name} />
      <div className="team">
        <nav className="team-nav" ref={nav} aria-label={t('team.title')}>
          {open.map((key) => {
            const Icon = ICONS[key];
            return (
              <NavLink key={key} to={`/manage/${key}`} className="team-link">
                <Icon size={16} strokeWidth={1.6} aria-hidden="true" />
                {t(`team.nav_${key}`)}
              </NavLink>
            );
          })}
        </nav>
        <div className="team-body">
          <Suspense fallback={<SkeletonRows rows={8} height={52} />}>{children}</Suspense>
        </div>
      </div>
    </>
  );
}

/** 团队管理: who is in the team, what each may do, where they are logged in, and what happened. */
export function TeamPage() {
  const { part, id } = useParams();
  return (
    <TeamFrame part={part}>
      <Content part={part as Part} id={id && /^\d+$/.test(id) ? Number(id) : null} />
    </TeamFrame>
  );
}
