import { Search } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { Link } from 'react-router';
import { Avatar } from '@/components/Avatar';
import { MAC, usePhone } from '@/lib/media';
import { t } from '@/locales';
import { usePalette } from './palette-context';
import { useMe } from './session';

const Bell = lazy(async () => ({ default: (await import('@/features/notify/Bell')).Bell }));

const TeamMenu = lazy(async () => ({ default: (await import('./teams')).TeamMenu }));

/** What stands at the top right of every screen of the desktop: search, its action, notifications, the person. */
export function TopTools({ children }: { children?: ReactNode }) {
  const palette = usePalette();
  const { member, teams = [] } = useMe();
  return (
    <>
      <button type="button" className="topbar-search" onClick={() => palette('go')}>
        <Search size={15} strokeWidth={1.6} aria-hidden="true" />
        <span className="cut">{t('shell.search_hint')}</span>
        <kbd>{MAC ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      {children}
      <Suspense fallback={<span className="icon-act" />}>
        <Bell />
      </Suspense>
      {teams.length > 1 ? (
        <Suspense fallback={<Avatar name={member.name} size={30} />}>
          <TeamMenu>
            <Avatar name={member.name} size={30} />
          </TeamMenu>
        </Suspense>
      ) : (
        <Link to="/me" aria-label={t('shell.me')} title={member.name}>
          <Avatar name={member.name} size={30} />
        </Link>
      )}
    </>
  );
}

/** Title and sentence of a screen, search, its one action, notifications, the person. */
export function TopBar({
  title,
  sentence,
  tabs,
  action,
  tools,
  bell = false,
}: {
  title: ReactNode;
  sentence?: ReactNode;
  /** Beside title and sentence on the desktop: the kinds of what the screen holds. */
  tabs?: ReactNode;
  action?: ReactNode;
  /** Shown on the phone instead of the action. */
  tools?: ReactNode;
  /** On the phone notifications stand only where there is room for them. */
  bell?: boolean;
}) {
  const palette = usePalette();
  const phone = usePhone();
  return (
    <header className="topbar">
      <div className="topbar-words">
        <h1 className="page-title">{title}</h1>
        {sentence ? <p className="second cut">{sentence}</p> : null}
        {tabs}
      </div>
      {phone ? (
        <>
          {tools}
          {bell ? (
            <Suspense fallback={<span className="icon-act" />}>
              <Bell />
            </Suspense>
          ) : null}
          <button
            type="button"
            className="icon-act"
            aria-label={t('common.search')}
            onClick={() => palette('go')}
          >
            <Search size={20} strokeWidth={1.6} />
          </button>
        </>
      ) : (
        <TopTools>{action}</TopTools>
      )}
    </header>
  );
}
