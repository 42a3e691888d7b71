import { Button } from 'antd';
import { Video, X } from 'lucide-react';
import { useState } from 'react';
import type { DeskToday } from '@/api/types';
import { useOpenLog } from '@/app/log';
import { usePhone } from '@/lib/media';
import { shortFirm } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { recall, remember } from '@/lib/store';
import { formatClock } from '@/lib/time';
import { locale, rich, t } from '@/locales';

/** A meeting or call that has just ended: one line, dismissible, never two. */
export function Prompt({ prompt }: { prompt: NonNullable<DeskToday['prompt']> }) {
  const phone = usePhone();
  const labels = useLabels();
  const openLog = useOpenLog();
  const mark = `${prompt.customer.id} ${prompt.at}`;
  const [closed, setClosed] = useState(recall<string>('prompt') === mark);
  if (closed) return null;
  const firm = shortFirm(prompt.customer.name);
  const name = labels.label('channel', prompt.channel);
  // Inside an English sentence the name of a channel is no heading.
  const channel = locale() === 'zh-CN' ? name : name.toLowerCase();
  const log = () =>
    openLog({ customerId: prompt.customer.id, contactAt: prompt.at, channel: prompt.channel });
  return (
    <div className="prompt">
      <Video size={17} strokeWidth={1.6} aria-hidden="true" />
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
      {phone ? null : (
        <button
          type="button"
          className="icon-act"
          aria-label={t('common.close')}
          onClick={() => {
            remember('prompt', mark);
            setClosed(true);
          }}
        >
          <X size={16} strokeWidth={1.6} />
        </button>
      )}
    </div>
  );
}
