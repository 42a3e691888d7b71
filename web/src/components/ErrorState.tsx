import { Button } from 'antd';
import { RotateCw, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiError, OfflineError, sentenceOf } from '@/api/client';
import { t } from '@/locales';
import { EmptyState } from './EmptyState';
import './states.css';

/** A page that could not be read: the server's sentence and a way on. */
export function ErrorState({ failure, retry }: { failure: unknown; retry?: () => void }) {
  const missing = failure instanceof ApiError && failure.status === 404;
  const closed = failure instanceof ApiError && failure.status === 403;
  const offline = failure instanceof OfflineError;
  let title = t('common.failed');
  if (missing) title = t('common.not_found');
  if (closed) title = t('common.forbidden');
  if (offline) title = t('common.offline');
  const hint = offline ? t('common.offline_hint') : sentenceOf(failure);
  return (
    <EmptyState title={title} hint={hint}>
      {retry && !missing && !closed ? (
        <Button icon={<RotateCw size={15} />} onClick={retry}>
          {t('common.retry')}
        </Button>
      ) : (
        <Button href="/today">{t('common.to_today')}</Button>
      )}
    </EmptyState>
  );
}

/** The amber line above an old list when the server cannot be reached. */
export function OfflineBar({ children, retry }: { children: ReactNode; retry: () => void }) {
  return (
    <div className="offline-bar" role="status">
      <WifiOff size={17} strokeWidth={1.6} aria-hidden="true" />
      <span>
        <b>{t('common.offline')}</b> · {children}
      </span>
      <Button size="small" icon={<RotateCw size={14} />} onClick={retry}>
        {t('common.retry')}
      </Button>
    </div>
  );
}
