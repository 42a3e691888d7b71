import { Check, MessageCircleQuestion } from 'lucide-react';
import type { HandedCustomer, Handover } from '@/api/handovers';
import { shortFirm } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';

/** The customers that go over: which were read, about which something was asked. */
export function CustomerIndex({
  handover,
  rows,
  chosen,
  choose,
  more,
}: {
  handover: Handover;
  rows: HandedCustomer[];
  chosen: number | null;
  choose: (id: number) => void;
  more: (() => void) | null;
}) {
  const { label } = useLabels();
  const several = handover.receivers.length > 1;
  return (
    <nav className="handover-index" aria-label={t('handovers.many', { n: handover.many })}>
      <header>
        <b>{t('handovers.many', { n: handover.many })}</b>
        <span className="meta">
          {handover.receivers
            .map((one) => t('handovers.read_by', { name: one.name, n: one.read }))
            .join(' · ')}
        </span>
      </header>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className="plain handover-firm"
              aria-current={row.id === chosen || undefined}
              onClick={() => choose(row.id)}
            >
              <span className="handover-firm-name">
                <span className="cut">{shortFirm(row.name)}</span>
                {row.asked ? (
                  <MessageCircleQuestion
                    size={15}
                    strokeWidth={1.6}
                    className="amber"
                    aria-label={t('handovers.asked')}
                  />
                ) : row.read_at ? (
                  <Check size={15} strokeWidth={1.6} aria-label={t('handovers.is_read')} />
                ) : (
                  <span className="handover-unread" role="img" aria-label={t('handovers.unread')} />
                )}
              </span>
              <span className="meta cut">
                {[
                  label('intent_class', row.intent_class),
                  label('stage', row.stage),
                  several ? row.to.name : '',
                  row.note ? t('handovers.has_note') : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more ? (
        <button type="button" className="act" onClick={more}>
          {t('common.more')}
        </button>
      ) : null}
    </nav>
  );
}
