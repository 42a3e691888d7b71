import { ChevronLeft, X } from 'lucide-react';
import { ClassBadge } from '@/components/ClassBadge';
import { usePhone } from '@/lib/media';
import { shortFirm } from '@/lib/names';
import { formatClock } from '@/lib/time';
import { t } from '@/locales';
import { hasContent } from './draft';
import type { Log } from './use-log';

function savedWords(log: Log): string {
  if (log.done || log.kept) return '';
  if (!log.saved) return t('followups.draft_auto');
  const key = log.saved.where === 'device' ? 'followups.draft_device' : 'followups.draft_server';
  return t(key, { time: formatClock(log.saved.at) });
}

/** A draft found again may not be wanted any more. */
function Discard({ log }: { log: Log }) {
  if (log.done || log.kept || !log.saved || !hasContent(log.draft)) return null;
  return (
    <button type="button" className="act log-discard" onClick={log.discard}>
      {t('followups.discard')}
    </button>
  );
}

export function LogHead({ log, close }: { log: Log; close: () => void }) {
  const phone = usePhone();
  const name = log.page?.customer.name ?? '';
  const level = log.page?.customer.intent_class;
  if (phone) {
    return (
      <header className="log-head">
        <button type="button" className="icon-act" aria-label={t('common.back')} onClick={close}>
          <ChevronLeft size={24} strokeWidth={1.6} />
        </button>
        <div className="log-head-words">
          <h1 className="cut">
            {shortFirm(name)} <ClassBadge value={level} />
          </h1>
          <p className="meta">{savedWords(log)}</p>
        </div>
        <span className="log-gap" />
        <Discard log={log} />
      </header>
    );
  }
  return (
    <header className="log-head">
      <h1 className="page-title">{t('followups.title')}</h1>
      <span className="log-customer cut" title={name}>
        {name}
      </span>
      <ClassBadge value={level} />
      <span className="log-gap" />
      <span className="meta" aria-live="polite">
        {savedWords(log)}
      </span>
      <Discard log={log} />
      <button type="button" className="icon-act" aria-label={t('common.close')} onClick={close}>
        <X size={18} strokeWidth={1.6} />
      </button>
    </header>
  );
}
