import { Button } from 'antd';
import { CircleAlert, Lock, RotateCw, SearchX, WifiOff } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import { ApiError, OfflineError, sentenceOf } from '@/api/client';
import { formatClock } from '@/lib/time';
import { t } from '@/locales';
import { EmptyState } from './EmptyState';
import { NeedsIndex } from './NeedsIndex';
import './states.css';

/** A page that could not be read: the server's sentence and a way on. */
export function ErrorState({
  failure,
  retry,
  missing = failure instanceof ApiError && failure.status === 404,
}: {
  failure: unknown;
  retry?: () => void;
  missing?: boolean;
}) {
  const closed = failure instanceof ApiError && failure.status === 403;
  const offline = failure instanceof OfflineError;
  // Nobody has to press a button when the network is back.
  useEffect(() => {
    if (!offline || !retry) return;
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [offline, retry]);
  if (failure instanceof ApiError && failure.code === 'needs_index')
    return <NeedsIndex failure={failure} retry={retry} />;
  let title = t('common.failed');
  let hint = sentenceOf(failure);
  let Icon = CircleAlert;
  if (missing) {
    title = t('common.not_found');
    hint = t('common.not_found_hint');
    Icon = SearchX;
  } else if (closed) {
    title = t('common.forbidden');
    Icon = Lock;
  } else if (offline) {
    title = t('common.offline');
    hint = t('common.offline_hint');
    Icon = WifiOff;
  }
  return (
    <EmptyState
      title={title}
      hint={hint}
      picture={<Icon className="state-icon" size={40} strokeWidth={1.2} aria-hidden="true" />}
    >
      {retry && !missing && !closed ? (
        <Button icon={<RotateCw size={15} />} onClick={retry}>
          {t('common.retry')}
        </Button>
      ) : (
        <Link className="state-way" to="/today">
          {t('common.to_today')}
        </Link>
      )}
    </EmptyState>
  );
}

interface Read {
  data: unknown;
  error: unknown;
  dataUpdatedAt: number;
  refetch: () => unknown;
  isFetchNextPageError?: boolean;
}

/** What stands over a list that could not be read; over rows read before only a line. */
export function Trouble({ query }: { query: Read }) {
  const retry = () => void query.refetch();
  // A further page that fails is said where the next rows would stand.
  if (!query.error || query.isFetchNextPageError) return null;
  if (query.data === undefined) return <ErrorState failure={query.error} retry={retry} />;
  return (
    <OfflineBar failure={query.error} retry={retry}>
      {t('common.offline_list', { time: formatClock(new Date(query.dataUpdatedAt)) })}
    </OfflineBar>
  );
}

/** The amber line above an old list: the server cannot be reached, or it failed. */
export function OfflineBar({
  failure,
  children,
  retry,
}: {
  failure?: unknown;
  children: ReactNode;
  retry: () => void;
}) {
  const Icon = failure instanceof ApiError ? CircleAlert : WifiOff;
  return (
    <div className="offline-bar" role="status">
      <Icon size={17} strokeWidth={1.6} aria-hidden="true" />
      <span>
        <b>{t(failure instanceof ApiError ? 'common.broken' : 'common.offline')}</b> · {children}
      </span>
      <Button size="small" icon={<RotateCw size={14} />} onClick={retry}>
        {t('common.retry')}
      </Button>
    </div>
  );
}
