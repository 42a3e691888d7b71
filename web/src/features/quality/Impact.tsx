import { Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type StandardBody, useStandardImpact } from '@/api/standard';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';

function Counts({ rows }: { rows: { key: string; name: string; count: number }[] }) {
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <ul className="st-counts">
      {rows.map((row) => (
        <li key={row.key}>
          <span className="cut">{row.name}</span>
          <span className="st-bar" aria-hidden="true">
            <i style={{ width: `${(row.count / most) * 100}%` }} />
          </span>
          <b>{row.count}</b>
        </li>
      ))}
    </ul>
  );
}

function Answer({ body }: { body: StandardBody }) {
  const { data, error, refetch } = useStandardImpact(body);
  if (error) return <ErrorState failure={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <p className="song st-answer">{t('standard.reckoning')}</p>
        <SkeletonRows rows={5} />
      </>
    );
  return (
    <>
      <p className="song st-answer">{words(data.said)}</p>
      {data.capped ? <p className="meta">{t('standard.capped', { n: data.looked_at })}</p> : null}
      {data.stopped ? (
        <div className="st-two">
          <section>
            <h3>{t('standard.by_rule')}</h3>
            <Counts
              rows={data.by_rule.map((one) => ({ key: one.key, name: words(one.label), count: one.count }))}
            />
          </section>
          <section>
            <h3>{t('standard.by_member')}</h3>
            <Counts
              rows={data.by_member.map((one) => ({
                key: String(one.id),
                name: one.name || t('standard.nobody'),
                count: one.count,
              }))}
            />
          </section>
        </div>
      ) : null}
      {data.examples.length ? (
        <section>
          <h3>{t('standard.examples', { n: data.examples.length })}</h3>
          <ul className="st-examples">
            {data.examples.map((one) => (
              <li key={one.id}>
                <Link to={`/followups/${one.id}`} target="_blank">
                  {one.customer.name}
                </Link>
                <span className="meta"> {[one.by, formatDay(one.at)].filter(Boolean).join(' · ')}</span>
                <p>{one.summary}</p>
                <p className="verm">
                  {one.findings.map((each) => words(each.message)).join(t('common.list'))}
                </p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <p className="meta">{t('standard.caveat')}</p>
    </>
  );
}

/** 发布前看影响: what the draft would have said of the last 90 days, and publishing it. */
export function ImpactDrawer({
  body,
  version,
  busy,
  publish,
  close,
}: {
  body: StandardBody;
  version: number;
  busy: boolean;
  publish: (why: string) => void;
  close: () => void;
}) {
  const [why, setWhy] = useState('');
  return (
    <Drawer
      open
      size={760}
      onClose={close}
      closable={{ placement: 'end' }}
      title={<span className="second">{t('standard.impact_title', { n: version + 1 })}</span>}
      footer={
        <div className="st-foot">
          <Input
            value={why}
            maxLength={300}
            placeholder={t('standard.why')}
            aria-label={t('standard.why')}
            onChange={(event) => setWhy(event.target.value)}
          />
          <Button onClick={close}>{t('standard.later')}</Button>
          <Button type="primary" loading={busy} onClick={() => publish(why.trim())}>
            {t('standard.publish')}
          </Button>
        </div>
      }
    >
      <div className="st-impact">
        <Answer body={body} />
      </div>
    </Drawer>
  );
}
