import { Button } from 'antd';
import { Printer } from 'lucide-react';
import { type Meeting, useMeeting } from '@/api/meeting';
import { TopBar } from '@/app/TopBar';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';
import { KeyCustomers } from './KeyCustomers';
import { Checks, Promises, Successes } from './Lists';
import { Problems } from './Problems';
import './meeting.css';

function Body({ data }: { data: Meeting }) {
  return (
    <>
      <h2 className="meet-head">{t('meeting.head', data.head)}</h2>
      <p className="second meet-note">{t('meeting.head_note')}</p>
      <Problems exceptions={data.exceptions} total={data.head.exceptions} />
      <KeyCustomers rows={data.key} />
      <div className="meet-two">
        <Promises promises={data.promises} />
        <Successes successes={data.successes} />
      </div>
      <Checks checks={data.checks} />
    </>
  );
}

/** 周会: the agenda of the weekly meeting, made by itself; prints on A4. */
export function MeetingPage() {
  const phone = usePhone();
  const { data, error, refetch } = useMeeting();
  const week = data ? t('meeting.week', { from: formatDay(data.from), to: formatDay(data.to) }) : null;
  return (
    <>
      <TopBar title={t('meeting.title')} sentence={week} />
      <div className="meet">
        {phone ? null : (
          <Button
            className="meet-print"
            icon={<Printer size={16} strokeWidth={1.6} />}
            onClick={() => window.print()}
          >
            {t('meeting.print')}
          </Button>
        )}
        {week ? (
          <p className="meet-paper song">
            {t('meeting.title')} · {week}
          </p>
        ) : null}
        {error && !data ? <ErrorState failure={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <SkeletonRows rows={8} /> : null}
        {data ? <Body data={data} /> : null}
      </div>
    </>
  );
}
