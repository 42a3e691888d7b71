import { MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { type TidyChat as Tidied, tidyChat } from '@/api/followups';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import type { Log } from './use-log';

/** A pasted conversation may become a record: what was read is shown, the person confirms. */
export function TidyChat({ text, log, close }: { text: string; log: Log; close: () => void }) {
  const [busy, setBusy] = useState(false);
  const take = (read: Tidied) => {
    const groups: string[] = [];
    if (read.quotes.length) groups.push('quotes');
    if (read.qa.length) groups.push('qa');
    log.change((old) => ({
      steps: old.steps.map((step, at) =>
        at === 0 && !step.act.trim() && read.next_sentence ? { ...step, act: read.next_sentence } : step,
      ),
      ...(read.summary ? { summary: read.summary, summary_blocks: null } : {}),
      quotes: [...new Set([...old.quotes, ...read.quotes])],
      qa: [...old.qa, ...read.qa],
      channel: read.channel ?? old.channel,
      ...(read.contact_at ? { contact_at: read.contact_at, at_by_hand: true } : {}),
      open: [...new Set([...old.open, ...groups])],
    }));
    close();
  };
  const tidy = async () => {
    setBusy(true);
    try {
      take(await tidyChat(text, log.start.customerId));
    } catch (failure) {
      sayFailure(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="tidy" role="status">
      <MessagesSquare size={16} strokeWidth={1.6} aria-hidden="true" />
      <span>{t('followups.chat_found')}</span>
      <button type="button" className="act" disabled={busy} onClick={() => void tidy()}>
        {t('followups.chat_tidy')}
      </button>
      <button type="button" className="act tidy-no" onClick={close}>
        {t('followups.chat_keep')}
      </button>
    </div>
  );
}
