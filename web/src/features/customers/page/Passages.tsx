import { Drawer } from 'antd';
import { type Passage, usePassages } from '@/api/process';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import '@/components/process/process.css';

const HOUR = 60;
/** From so many hours on the minutes say nothing. */
const HOURS = 48;

/** `25 分钟`, `6.5 小时`, `12 天`. */
export function spanOf(minutes: number | null): string {
  if (minutes === null) return '';
  if (minutes < HOUR) return t('process.minutes', { n: minutes });
  const hours = minutes / HOUR;
  if (hours < HOURS) return t('process.hours', { n: Math.round(hours * 10) / 10 });
  return t('process.days', { n: Math.round(hours / 24) });
}

const formatted = (at: string | null) => (at ? formatWhen(at) : '');

function Line({ one }: { one: Passage }) {
  const hours = one.worked_minutes === null ? null : Math.round((one.worked_minutes / HOUR) * 10) / 10;
  const stay = [
    one.elapsed_minutes === null ? '' : t('process.stayed', { span: spanOf(one.elapsed_minutes) }),
    hours === null ? '' : t('process.worked', { n: hours }),
  ].filter(Boolean);
  const { state } = one;
  const beside = state === 'paused' || state === 'skipped' || state === 'done';
  const mark = beside ? t(`process.was_${state}`) : one.left_at ? '' : t('process.still');
  return (
    <li>
      <p>
        <b>{words(one.node)}</b>
        {one.to ? <> → {words(one.to)}</> : null}
        {mark ? <span className="pm-chip">{mark}</span> : null}
        {one.late ? <span className="verm"> {t('process.was_late')}</span> : null}
      </p>
      <p className="meta">
        {[one.by?.name, formatted(one.left_at ?? one.entered_at), ...stay].filter(Boolean).join(' · ')}
      </p>
      {one.why ? <p className="second">{one.why}</p> : null}
    </li>
  );
}

/** 阶段记录: when it went where, by whom, why, and how long it had stayed. */
export function Passages({ customer, close }: { customer: { id: number; name: string }; close: () => void }) {
  const phone = usePhone();
  const query = usePassages(customer.id);
  return (
    <Drawer open onClose={close} size={phone ? '100%' : 460} title={t('process.log')}>
      {query.error && !query.data ? (
        <ErrorState failure={query.error} retry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <SkeletonRows rows={4} height={56} /> : null}
      {query.data && !query.data.length ? <p className="second">{t('process.log_none')}</p> : null}
      <ol className="pm-log">
        {query.data?.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </ol>
    </Drawer>
  );
}
