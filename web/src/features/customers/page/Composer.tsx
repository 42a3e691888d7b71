import { Button } from 'antd';
import { MessageCircle, PenLine, Phone } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { CustomerPageData } from '@/api/types';
import { useOpenLog } from '@/app/log';
import { CallLink } from '@/components/CallLink';
import { copy } from '@/lib/copy';
import { usePhone } from '@/lib/media';
import { useLabels } from '@/lib/options';
import { plantSeed } from '@/lib/seed';
import { recall } from '@/lib/store';
import { t } from '@/locales';
import { useCall } from './use-call';

/** 写跟进, always in reach: the words typed here are the first words of the record. */
export function Composer({ page }: { page: CustomerPageData }) {
  const phone = usePhone();
  const openLog = useOpenLog();
  const { label } = useLabels();
  const [text, setText] = useState('');
  const { id } = page.customer;
  const call = useCall(id);
  const main = page.contacts.find((one) => one.primary) ?? page.contacts[0];
  const channel = recall<string>('channel') ?? 'phone';
  if (!page.can.log) return null;
  const open = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim()) plantSeed(id, { text: text.trim() });
    setText('');
    openLog({ customerId: id });
  };
  if (phone) {
    const wechat = () => {
      const account = main?.wechat;
      if (account) void copy(account, t('page.wechat_copied', { account }));
      openLog({ customerId: id, channel: 'wechat' });
    };
    return (
      <div className="composer-phone">
        {main ? (
          <CallLink
            number={main.phone}
            whose={{ contact: main.id }}
            label={t('page.call', { name: main.name })}
            called={() => call(main.id, main.name)}
          >
            <Phone size={20} strokeWidth={1.6} />
          </CallLink>
        ) : null}
        <button type="button" aria-label={t('page.wechat')} onClick={wechat}>
          <MessageCircle size={20} strokeWidth={1.6} />
        </button>
        <Button type="primary" icon={<PenLine size={18} strokeWidth={1.6} />} onClick={() => open()}>
          {t('common.log')}
        </Button>
      </div>
    );
  }
  return (
    <form className="composer" onSubmit={open}>
      <PenLine size={18} strokeWidth={1.6} aria-hidden="true" />
      <input
        aria-label={t('common.log')}
        placeholder={main ? t('page.composer', { name: main.name }) : t('page.composer_nobody')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <span className="meta">{[label('channel', channel), t('page.now')].filter(Boolean).join(' · ')}</span>
      <kbd>L</kbd>
      <Button type="primary" htmlType="submit">
        {t('common.log')}
      </Button>
    </form>
  );
}
