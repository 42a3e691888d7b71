import { lazy, Suspense, useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation, useSearchParams } from 'react-router';
import { ApiError, OfflineError } from '@/api/client';
import { keys, queryClient, useSession } from '@/api/queries';
import type { Session } from '@/api/types';
import { ErrorState } from '@/components/ErrorState';
import { MoveHost } from '@/components/process/MoveHost';
import { PageSkeleton } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { forget, recall, remember } from '@/lib/store';
import { setServerNow, setZone } from '@/lib/time';
import { t } from '@/locales';
import { useGlobalKeys } from './keyboard';
import { watchTeams } from './moved';
import { Rail, Tabs } from './Navigation';
import { PaletteContext, type PaletteMode } from './palette-context';
import { SessionContext } from './session';
import { ViewingBar } from './ViewingBar';
import './shell.css';

const loadPalette = () => import('./Palette');
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
/** Long enough for the screen itself; whoever types right after Ctrl K must not wait for the code. */
const AFTER_SCREEN_MS = 2_500;
const KeyHelp = lazy(async () => ({ default: (await import('./KeyHelp')).KeyHelp }));
const Unsent = lazy(async () => ({ default: (await import('@/features/followups/Unsent')).Unsent }));
const LogDrawer = lazy(async () => ({ default: (await import('@/features/followups/LogDrawer')).LogDrawer }));

/** Everything behind the login: navigation, the screen, and what may open over any screen. */
export function Shell() {
  const session = useSession();
  const location = useLocation();
  const kept = session.error instanceof OfflineError ? recall<Session>('session') : null;
  const refused =
    session.data === null || (session.error instanceof ApiError && session.error.status === 401);
  useEffect(() => {
    // What is seen with the eyes of a role is not kept for a day without network.
    if (session.data?.viewing) forget('session');
    else if (session.data) remember('session', session.data);
    else if (refused) forget('session');
  }, [session.data, refused]);
  if (session.data) return <Frame session={session.data} />;
  // Without a network the last person of this device works on with what is kept here.
  if (kept) return <Frame session={kept} />;
  if (session.isPending) return <div className="shell-wait" />;
  if (refused) {
    const next =
      location.pathname === '/' ? '' : `?next=${encodeURIComponent(location.pathname + location.search)}`;
    return <Navigate to={`/login${next}`} replace />;
  }
  return <ErrorState failure={session.error} retry={() => void session.refetch()} />;
}

function Frame({ session }: { session: Session }) {
  const phone = usePhone();
  const [palette, setPalette] = useState<PaletteMode | null>(null);
  const [help, setHelp] = useState(false);
  const [params] = useSearchParams();
  const zone = session.member.timezone || session.org.timezone;
  setZone(zone);
  useEffect(() => {
    // A kept session is old: its clock would turn today back.
    if (queryClient.getQueryData(keys.session)) setServerNow(session.now);
  }, [session.now]);
  useEffect(watchTeams, []);
  useEffect(() => {
    const later = setTimeout(() => void loadPalette().catch(() => {}), AFTER_SCREEN_MS);
    return () => clearTimeout(later);
  }, []);
  useGlobalKeys({ palette: () => setPalette('go'), help: () => setHelp(true) });
  const logFor = Number(params.get('log'));

  return (
    <SessionContext value={session}>
      <PaletteContext value={setPalette}>
        <div className="shell">
          <a className="skip" href="#main">
            {t('shell.skip')}
          </a>
          {phone ? null : <Rail />}
          <main id="main" className="shell-main" tabIndex={-1}>
            {session.viewing ? <ViewingBar viewing={session.viewing} /> : null}
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </main>
          {phone ? <Tabs /> : null}
        </div>
        <Suspense fallback={null}>
          {session.viewing ? null : <Unsent />}
          <MoveHost />
          {palette ? <Palette mode={palette} close={() => setPalette(null)} /> : null}
          {help ? <KeyHelp close={() => setHelp(false)} /> : null}
          {logFor > 0 && !phone ? <LogDrawer customerId={logFor} /> : null}
        </Suspense>
      </PaletteContext>
    </SessionContext>
  );
}
