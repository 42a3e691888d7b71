import { Button } from 'antd';
import { MapPin, Phone, Video, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/api/client';
import { dropDraft } from '@/api/followups';
import { refreshWork } from '@/api/queries';
import type { DeskToday } from '@/api/types';
import { useOpenLog } from '@/app/log';
import { usePhone } from '@/lib/media';
import { shortFirm } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { formatClock } from '@/lib/time';
import { locale, rich, t } from '@/locales';

type Asked = NonNullable<DeskToday['prompt']>;

const ICONS: Record<string, typeof Video> = { phone: Phone, visit: MapPin };

/** Put away for every device: the server remembers it. */
async function putAway(prompt: Asked): Promise<void> {
  try {
    if (prompt.item_id !== null) await api.post(`/agenda/${prompt.item_id}/hush`);
    else if (prompt.draft_key) await dropDraft(prompt.draft_key);
  } catch (failure) {
    sayFailure(failure);
  }
  refreshWork();
}

/** A meeting or call that has just ended: one line, dismissible, never two. */
export function Prompt({ prompt }: { prompt: Asked }) {
  const phone = usePhone();
  const labels = useLabels();
  const openLog = useOpenLog();
  const mark = `${prompt.item_id ?? prompt.draft_key}`;
  const [closed, setClosed] = useState<string | null>(null);
  if (closed === mark) return null;
  const firm = shortFirm(prompt.customer.name);
  const name = labels.label('channel', prompt.channel) || t('desk.contact');
  // Inside an English sentence the name of a channel is no heading.
  const channel = locale() === 'zh-CN' ? name : name.toLowerCase();
  const Icon = ICONS[prompt.channel] ?? Video;
  const log = () =>
    openLog({
      customerId: prompt.customer.id,
      agendaId: prompt.item_id,
      contactAt: prompt.at,
      channel: prompt.channel,
    });
  return (
    <div className="prompt" role="status">
      <Icon size={17} strokeWidth={1.6} aria-hidden="true" />
      <span className={phone ? undefined : 'cut'}>
        {phone
          ? rich('desk.prompt_phone', { who: firm, channel })
          : rich('desk.prompt', {
              time: formatClock(prompt.at),
              who: prompt.contact ? `${firm} · ${prompt.contact.name}` : firm,
              channel,
            })}
      </span>
      {phone ? (
        <Button type="primary" onClick={log}>
          {t('desk.prompt_short')}
        </Button>
      ) : (
        <button type="button" className="act" onClick={log}>
          {t('desk.prompt_log')}
        </button>
      )}
      <button
        type="button"
        className="icon-act"
        aria-label={t('desk.prompt_close')}
        title={t('desk.prompt_close')}
        onClick={() => {
          setClosed(mark);
          void putAway(prompt);
        }}
      >
        <X size={16} strokeWidth={1.6} />
      </button>
    </div>
  );
}
