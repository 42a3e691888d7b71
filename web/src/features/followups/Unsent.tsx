import { CloudOff } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { refreshWork } from '@/api/queries';
import { useOpenLog } from '@/app/log';
import { say } from '@/lib/notify';
import { t } from '@/locales';
import { flush, loose, UNSENT, type Waiting, waiting, withdraw } from './queue';
import { restoreDraft } from './use-draft';
import './unsent.css';

const AGAIN_MS = 30_000;

/** Records written without network: sent when the server answers; refused ones wait for their author. */
export function Unsent() {
  const openLog = useOpenLog();
  const [items, setItems] = useState<Waiting[]>(() => loose(waiting()));
  const send = useCallback(async () => {
    if (!loose(waiting()).some((item) => !item.refused)) return;
    const { sent } = await flush();
    if (sent) {
      say(t('followups.unsent_sent', { n: sent }));
      refreshWork();
    }
  }, []);

  useEffect(() => {
    const changed = () => setItems(loose(waiting()));
    const online = () => void send();
    void send();
    const timer = setInterval(online, AGAIN_MS);
    window.addEventListener(UNSENT, changed);
    window.addEventListener('online', online);
    return () => {
      clearInterval(timer);
      window.removeEventListener(UNSENT, changed);
      window.removeEventListener('online', online);
    };
  }, [send]);

  if (!items.length) return null;
  const open = (item: Waiting) => {
    if (!item.draft) return;
    restoreDraft(item.draft);
    withdraw(item.key);
    openLog({ customerId: item.draft.customer_id });
  };
  const fresh = items.filter((item) => !item.refused);
  return (
    <div className="unsent" role="status">
      {fresh.length ? (
        <p>
          <CloudOff size={16} strokeWidth={1.6} aria-hidden="true" />
          <span>{t('followups.unsent', { n: fresh.length })}</span>
          <button type="button" className="act" onClick={() => void send()}>
            {t('followups.unsent_now')}
          </button>
        </p>
      ) : null}
      {items
        .filter((item) => item.refused)
        .map((item) => (
          <p key={item.key}>
            <CloudOff size={16} strokeWidth={1.6} aria-hidden="true" />
            <span>{t('followups.unsent_refused', { customer: item.customer, why: item.refused ?? '' })}</span>
            {item.draft ? (
              <button type="button" className="act" onClick={() => open(item)}>
                {t('followups.unsent_open')}
              </button>
            ) : null}
            <button type="button" className="act" onClick={() => withdraw(item.key)}>
              {t('followups.unsent_drop')}
            </button>
          </p>
        ))}
    </div>
  );
}
