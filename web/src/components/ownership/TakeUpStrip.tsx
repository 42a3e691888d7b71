import { Button } from 'antd';
import { UserCheck } from 'lucide-react';
import { useState } from 'react';
import { useOwnership } from '@/api/ownership';
import type { Id } from '@/api/types';
import { formatWhen, isOverdue } from '@/lib/time';
import { t } from '@/locales';
import { takeOver } from './settle';
import './ownership.css';

/** Who has until when to take the customer over; for himself with the button. */
export function TakeUpStrip({ customerId }: { customerId: Id }) {
  const [busy, setBusy] = useState(false);
  const { data } = useOwnership(customerId);
  const takeup = data?.takeup;
  if (!takeup) return null;
  const when = formatWhen(takeup.due_at, takeup.precision);
  const late = isOverdue(takeup.due_at);
  const mine = late ? t('ownership.strip_late') : t('ownership.strip_mine', { when });
  return (
    <div className="own-strip" data-mine={takeup.mine || undefined} role="status">
      <UserCheck size={17} strokeWidth={1.6} aria-hidden="true" />
      <span>{takeup.mine ? mine : t('ownership.strip_other', { name: takeup.owner.name, when })}</span>
      {takeup.mine ? (
        <Button
          type="primary"
          loading={busy}
          onClick={() => {
            setBusy(true);
            void takeOver(customerId).finally(() => setBusy(false));
          }}
        >
          {t('ownership.take')}
        </Button>
      ) : null}
    </div>
  );
}
