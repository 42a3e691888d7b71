import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { DeskGroupKey, DeskItem } from '@/api/types';
import { ClassBadge } from '@/components/ClassBadge';
import { Clock } from '@/components/Clock';
import { Quote } from '@/components/Quote';
import { shortFirm, words } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { formatRelativeDay } from '@/lib/time';
import { t } from '@/locales';
import { rowKey } from './actions';
import { RowActions, type RowVerbs } from './RowActions';

/** What the screen reader says for a row: why, what, who, last words. */
export function rowSentence(item: DeskItem): string {
  return t('desk.row_sentence', {
    why: words(item.why),
    act: item.act,
    customer: item.customer?.name ?? t('desk.no_customer'),
    words: item.last_words ?? '',
  });
}

/** `“交期太长” 11月20日 电话` */
export function LastWords({ item, labels }: { item: DeskItem; labels: Labels }) {
  const when = item.last_at ? formatRelativeDay(item.last_at) : '';
  const meta = [when, labels.label('channel', item.last_channel)].filter(Boolean).join(' ');
  if (!item.last_words) {
    const none = item.customer ? t('desk.no_words') : '';
    return <span className="desk-words meta">{meta || none}</span>;
  }
  return (
    <span className="desk-words">
      <Quote className="cut" text={item.last_words} />
      <span className="meta">{meta}</span>
    </span>
  );
}

/** One to-do on the desktop: when and why, who, what and the last words, the clock, the verbs. */
export function DeskRow({
  item,
  group,
  chosen,
  choose,
  labels,
  verbs,
}: {
  item: DeskItem;
  group: DeskGroupKey;
  chosen: boolean;
  choose: () => void;
  labels: Labels;
  verbs: RowVerbs;
}) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const { customer, contact } = item;
  return (
    <div
      ref={row}
      id={`desk-${rowKey(item)}`}
      className="desk-row"
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      aria-label={rowSentence(item)}
      onMouseDown={choose}
      onFocus={choose}
    >
      <span className="desk-cell">
        <span className="desk-why cut" data-group={group}>
          {words(item.why)}
        </span>
        <span className="desk-second cut" title={words(item.why_detail)}>
          {words(item.why_detail)}
        </span>
      </span>
      <span className="desk-cell">
        {customer ? (
          <span className="desk-firm">
            <Link to={`/customers/${customer.id}`} className="desk-name cut" title={customer.name}>
              {shortFirm(customer.name)}
            </Link>
            <ClassBadge value={customer.intent_class} />
          </span>
        ) : (
          <span className="meta">{t('desk.no_customer')}</span>
        )}
        <span className="desk-second cut">{[contact?.name, contact?.title].filter(Boolean).join(' ')}</span>
      </span>
      <span className="desk-cell">
        <span className="desk-act cut" title={item.act}>
          {item.act}
        </span>
        <LastWords item={item} labels={labels} />
      </span>
      <span className="desk-cell">
        <Clock
          clock={item.clock}
          stage={item.stage ? words({ zh: item.stage.zh, en: item.stage.en ?? item.stage.zh }) : null}
        />
      </span>
      <RowActions item={item} chosen={chosen} verbs={verbs} />
    </div>
  );
}
