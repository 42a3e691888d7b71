import { Bell as BellIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useInbox } from '@/api/queries';
import { Sheet } from '@/components/Sheet';
import { t } from '@/locales';
import { InboxList } from './InboxList';

/** Unread notifications are asked for a little after the screen stands, so that they never delay it. */
const PATIENCE_MS = 6000;

export function Bell() {
  const [open, setOpen] = useState(false);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  const inbox = useInbox(ready || open);
  const unread = inbox.data?.unread ?? 0;
  return (
    <Sheet
      title={t('shell.inbox')}
      open={open}
      setOpen={setOpen}
      content={<InboxList inbox={inbox.data} failure={inbox.error} close={() => setOpen(false)} />}
    >
      <button
        type="button"
        className="icon-act bell"
        aria-label={unread ? `${t('shell.inbox')} ${unread}` : t('shell.inbox')}
      >
        <BellIcon size={18} strokeWidth={1.6} />
        {unread ? <span className="bell-dot" /> : null}
      </button>
    </Sheet>
  );
}
