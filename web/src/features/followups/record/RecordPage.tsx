import { Button, Dropdown } from 'antd';
import { ChevronLeft, Ellipsis, History, Printer } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useParams } from 'react-router';
import { type RecordPageData, useRecord } from '@/api/templates';
import { Comments } from '@/components/CommentThread';
import { ErrorState } from '@/components/ErrorState';
import { ReviewChain } from '@/components/ReviewChain';
import { PageSkeleton } from '@/components/Skeletons';
import { PAPERS, usePapers } from '@/components/use-papers';
import { usePhone } from '@/lib/media';
import { shortFirm, words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { Quality } from './Quality';
import { Closing, Sections } from './Sections';
import './record.css';

/** How long after the contact it was written: minutes up to two hours, then hours, then days. */
function delayWords(minutes: number): string {
  if (minutes < 1) return t('record.at_once');
  if (minutes < 120) return t('record.minutes', { n: minutes });
  if (minutes < 48 * 60) return t('record.hours', { n: Math.round(minutes / 60) });
  return t('record.days', { n: Math.round(minutes / 1440) });
}

function Facts({ record }: { record: RecordPageData }) {
  const { label } = useLabels();
  const { contacted_by: by, entered_by: typist, entry_delay: delay } = record;
  const facts: [string, string][] = [
    [
      t('record.when'),
      `${formatWhen(record.contact_at, record.precision)} · ${label('channel', record.channel)}`,
    ],
    [t('record.contact'), [record.contact?.name, record.contact?.title].filter(Boolean).join(' ')],
    [t('record.by'), [by?.name, by?.department].filter(Boolean).join(' · ')],
    [t('record.status'), label('followup_status', record.status)],
    [
      t('record.entered'),
      [
        formatWhen(record.entered_at),
        delay === null ? '' : delayWords(delay),
        record.late ? t('record.late') : '',
        typist && typist.id !== by?.id ? t('record.typed_by', { name: typist.name }) : '',
        record.historical ? t('record.historical') : '',
      ]
        .filter(Boolean)
        .join(' · '),
    ],
  ];
  return (
    <dl className="rec-facts">
      {facts.map(([name, text]) =>
        text ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

const VersionsDrawer = lazy(async () => ({
  default: (await import('@/components/versions/VersionsDrawer')).VersionsDrawer,
}));

/** On the phone one menu: four buttons would leave the name of the customer no room. */
function Acts({ record, changed }: { record: RecordPageData; changed: () => void }) {
  const phone = usePhone();
  const [history, setHistory] = useState(false);
  const { busy, take } = usePapers('followup', record.id);
  const papers = record.can.export ? PAPERS : [];
  const acts = [
    { key: 'versions', label: t('versions.open'), Icon: History, onClick: () => setHistory(true) },
    { key: 'print', label: t('record.print'), Icon: Printer, onClick: () => window.print() },
    ...papers.map(([key, label, Icon]) => ({ key, label, Icon, onClick: () => void take(key) })),
  ];
  return (
    <div className="rec-acts">
      {phone ? (
        <Dropdown
          trigger={['click']}
          placement="bottomRight"
          menu={{
            items: acts.map(({ Icon, ...one }) => ({
              ...one,
              icon: <Icon size={16} strokeWidth={1.6} aria-hidden="true" />,
            })),
          }}
        >
          <Button
            type="text"
            loading={busy !== null}
            aria-label={t('common.more')}
            icon={<Ellipsis size={22} strokeWidth={1.6} />}
          />
        </Dropdown>
      ) : (
        acts.map(({ key, label, Icon, onClick }) => (
          <Button
            key={key}
            icon={<Icon size={15} strokeWidth={1.6} />}
            loading={busy === key}
            disabled={busy !== null && PAPERS.some(([paper]) => paper === key)}
            onClick={onClick}
          >
            {label}
          </Button>
        ))
      )}
      <Suspense fallback={null}>
        {history ? (
          <VersionsDrawer
            type="followup"
            id={record.id}
            name={record.customer.name}
            close={() => setHistory(false)}
            changed={changed}
          />
        ) : null}
      </Suspense>
    </div>
  );
}

/** One record for reading: who, when, its sections, result beside plan; prints on one page. */
export function RecordPage() {
  const id = Number(useParams().id);
  const query = useRecord(id);
  const record = query.data;
  const phone = usePhone();
  if (query.error && !record) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!record) return <PageSkeleton />;
  return (
    <div className="rec">
      <header className="rec-head">
        <Link
          to={`/customers/${record.customer.id}`}
          className="rec-back"
          aria-label={t('record.to_customer')}
        >
          <ChevronLeft size={20} strokeWidth={1.6} aria-hidden="true" />
        </Link>
        <div className="rec-title">
          <h1 className="cut" title={record.customer.name}>
            {phone ? shortFirm(record.customer.name) : record.customer.name}
          </h1>
          <p className="meta cut">
            {words(record.template)} · {t('record.version', { n: record.template.version })}
          </p>
        </div>
        <Acts record={record} changed={() => void query.refetch()} />
      </header>
      <div className="rec-body">
        <article className="rec-sheet">
          <Facts record={record} />
          <Sections record={record} />
          <Closing record={record} />
          {record.can.comment || record.comments.length ? (
            <section className="rec-talk" data-empty={record.comments.length ? undefined : true}>
              <h2>{t('comments.title')}</h2>
              <Comments
                threads={record.comments}
                about={record.customer.id}
                followupId={record.id}
                can={record.can.comment}
              />
            </section>
          ) : null}
        </article>
        <aside className="rec-side">
          <ReviewChain type="followup" id={record.id} />
          <Quality record={record} />
        </aside>
      </div>
    </div>
  );
}
