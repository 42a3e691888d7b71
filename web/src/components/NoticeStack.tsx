import { Check, CircleAlert, X } from 'lucide-react';
import { dismiss, useNotices } from '@/lib/notify';
import { t } from '@/locales';
import { UndoToast } from './UndoToast';
import './notices.css';

/** What has just happened, at the foot of the screen: sentences, and the last thing that can be taken back. */
export function NoticeStack() {
  const notices = useNotices();
  return (
    <div className="notices" aria-live="polite">
      {notices.map((notice) => (
        <div className="notice" data-tone={notice.tone} key={notice.id}>
          {notice.tone === 'error' ? (
            <CircleAlert size={17} strokeWidth={1.6} aria-hidden="true" />
          ) : (
            <Check size={17} strokeWidth={1.6} aria-hidden="true" />
          )}
          <span>{notice.text}</span>
          {notice.act ? (
            <button
              type="button"
              className="notice-act"
              onClick={() => {
                dismiss(notice.id);
                notice.act?.run();
              }}
            >
              {notice.act.label}
            </button>
          ) : null}
          <button
            type="button"
            className="notice-close"
            aria-label={t('common.close')}
            onClick={() => dismiss(notice.id)}
          >
            <X size={15} strokeWidth={1.6} />
          </button>
        </div>
      ))}
      <UndoToast />
    </div>
  );
}
