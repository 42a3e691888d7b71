import { Drawer } from 'antd';
import { Link } from 'react-router';
import { type Behind, type BehindRow, type Measure, useBehind, type Whose } from '@/api/targets';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { figureWithUnit, monthName } from '@/lib/figures';
import { usePhone } from '@/lib/media';
import { formatMoney } from '@/lib/money';
import { shortFirm, words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { formatDay, formatWhen } from '@/lib/time';
import { t } from '@/locales';

export interface Opened {
  measure: Measure;
  whose: Whose;
  name: string;
}

function Row({ row, people }: { row: BehindRow; people: boolean }) {
  const labels = useLabels();
  const when = row.at && (row.precision === 'minute' ? formatWhen(row.at) : formatDay(row.at));
  const said = [
    people ? row.who : '',
    labels.label('channel', row.channel),
    row.times > 1 ? t('targets.rows_times', { n: row.times }) : '',
    row.contract_number ? t('targets.contract', { n: row.contract_number }) : '',
  ];
  return (
    <li>
      <Link
        className="behind-row"
        to={row.followup_id ? `/followups/${row.followup_id}` : `/customers/${row.customer.id}`}
      >
        <span className="behind-line">
          <b className="cut">{shortFirm(row.customer.name)}</b>
          <span className="meta">{when}</span>
        </span>
        <span className="behind-line">
          <span className="second cut">
            {[...said.filter(Boolean), row.text].filter(Boolean).join(' · ')}
          </span>
          {row.amount === null ? null : <b>{formatMoney(row.amount)}</b>}
        </span>
      </Link>
    </li>
  );
}

/** What is not listed although it counts. */
function notes(data: Behind): string[] {
  return [
    data.hidden > 0 ? t('targets.rows_hidden', { n: figureWithUnit(data.measure, data.hidden) }) : '',
    data.more ? t('targets.rows_more', { n: data.items.length }) : '',
  ].filter(Boolean);
}

function Rows({ data, first = '' }: { data: Behind; first?: string }) {
  const told = [first, ...notes(data)].filter(Boolean);
  return (
    <>
      {told.length > 0 ? <p className="second behind-sum">{told.join(' ')}</p> : null}
      {data.number === 0 ? (
        <EmptyState title={t('targets.rows_none')} hint={t('targets.rows_none_hint')} />
      ) : null}
      <ul>
        {data.items.map((row) => (
          <Row
            key={`${row.followup_id ?? row.customer.id}${row.at ?? row.who}`}
            row={row}
            people={data.of.kind === 'department'}
          />
        ))}
      </ul>
    </>
  );
}

/** The rows of one's own number, on the page itself. */
export function OwnRows({ month, measure, me }: { month: string; measure: Measure; me: number }) {
  const { data, error, refetch } = useBehind(month, measure.slug, { member_id: me });
  return (
    <section className="sheet own-rows">
      {data ? (
        <h2>
          {t('targets.rows_of', {
            month: monthName(month),
            what: words(measure.label),
            n: figureWithUnit(measure, data.number),
          })}
        </h2>
      ) : null}
      {error ? <ErrorState failure={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <SkeletonRows rows={6} height={58} /> : null}
      {data ? <Rows data={data} /> : null}
    </section>
  );
}

/** The rows that one number is made of. */
export function RowsDrawer({ month, opened, close }: { month: string; opened: Opened; close: () => void }) {
  const phone = usePhone();
  const { data, error, refetch } = useBehind(month, opened.measure.slug, opened.whose);
  return (
    <Drawer
      open
      onClose={close}
      size={phone ? '100%' : 520}
      title={t('targets.rows_title', { name: opened.name, what: words(opened.measure.label) })}
      closable={{ placement: 'end' }}
      rootClassName="behind"
    >
      {error ? <ErrorState failure={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <SkeletonRows rows={8} height={58} /> : null}
      {data ? (
        <Rows
          data={data}
          first={t('targets.rows_sentence', {
            month: monthName(data.month),
            n: figureWithUnit(data.measure, data.number),
          })}
        />
      ) : null}
    </Drawer>
  );
}
