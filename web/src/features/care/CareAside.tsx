import { Button, Input } from 'antd';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import {
  arrangeCare,
  type CareOverview,
  type Crowd,
  type Greeting,
  joinCare,
  moveCare,
  refreshCare,
  useCareItems,
  type Whose,
} from '@/api/care';
import { CareRow } from '@/components/care/CareRow';
import { Refusal } from '@/components/Refusal';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { formatDay } from '@/lib/time';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { addDays, type Shown } from './range';

/** Who would be contacted too often, and one press that mends it. */
function Crowded({ one, leave }: { one: Crowd; leave: () => void }) {
  const { repair } = one;
  const { busy, failure, submit } = useSubmit(async () => {
    if (!repair) return;
    const [first] = repair.ids;
    if (repair.do === 'merge') await joinCare(repair.ids);
    else if (first !== undefined) await moveCare(first, repair.on);
    say(t(repair.do === 'merge' ? 'care.merged' : 'care.moved', { day: formatDay(repair.on) }));
    refreshCare(one.customer.id);
  });
  const what = repair?.acts ?? [];
  const when = one.from === one.to ? formatDay(one.from) : `${formatDay(one.from)}–${formatDay(one.to)}`;
  return (
    <li className="care-crowd">
      <p className="care-crowd-head">
        <Link className="cut" to={`/customers/${one.customer.id}`}>
          <b>{one.customer.name}</b>
        </Link>
        <span className="amber">{t('care.times', { n: one.n })}</span>
      </p>
      <p className="meta">
        {[when, ...one.by.map((each) => `${each.name || t('care.nobody')} ${each.n}`)].join(' · ')}
      </p>
      <p className="care-acts">
        {repair ? (
          <Button
            size="small"
            loading={busy}
            title={what.join(t('common.list'))}
            onClick={() => void submit()}
          >
            {repair.do === 'merge'
              ? t('care.repair_merge', { first: what[0] ?? '', second: what[1] ?? '' })
              : t('care.repair_move', { what: what[0] ?? '', day: formatDay(repair.on) })}
          </Button>
        ) : null}
        <button type="button" className="act" onClick={leave}>
          {t('care.leave')}
        </button>
      </p>
      <Refusal failure={failure} />
    </li>
  );
}

const FIRST = 2;

function Crowds({ data }: { data: CareOverview['crowded'] }) {
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [all, setAll] = useState(false);
  const rows = data.rows.filter((one) => !left.has(one.customer.id));
  if (!rows.length) return null;
  const shown = all ? rows : rows.slice(0, FIRST);
  const count = data.count - left.size;
  return (
    <section className="sheet care-panel" id="care-crowd" data-warn>
      <h2>
        <TriangleAlert size={15} strokeWidth={1.6} aria-hidden="true" />
        {t(data.capped ? 'care.crowded_least' : 'care.crowded', { n: count })}
      </h2>
      <p className="meta">{t('care.limit', { most: data.most, days: data.days })}</p>
      <ul>
        {shown.map((one) => (
          <Crowded
            key={one.customer.id}
            one={one}
            leave={() => setLeft((old) => new Set([...old, one.customer.id]))}
          />
        ))}
      </ul>
      {rows.length > shown.length ? (
        <button type="button" className="act" onClick={() => setAll(true)}>
          {t('care.crowded_more', { n: rows.length - shown.length })}
        </button>
      ) : null}
    </section>
  );
}

/** Done of what was due, plan by plan; too few are said to be too few. */
function Executions({
  rows,
  today,
  open,
}: {
  rows: CareOverview['execution'];
  today: string;
  open: (shown: Shown) => void;
}) {
  if (!rows.length) return null;
  return (
    <section className="sheet care-panel">
      <h2>
        {t('care.execution')}
        <span className="meta">{t('care.execution_note')}</span>
      </h2>
      <ul>
        {rows.map((one) => (
          <li
            key={one.id}
            className="care-rate"
            data-low={one.due > 0 && one.done / one.due < 0.8 ? true : undefined}
          >
            <span className="cut">{one.name}</span>
            <span className="care-bar" aria-hidden="true">
              <span style={{ width: `${Math.round((one.done / one.due) * 100)}%` }} />
            </span>
            <button
              type="button"
              className="plain care-figure"
              aria-label={t('care.execution_of', { name: one.name, done: one.done, due: one.due })}
              onClick={() => open({ from: addDays(today, -90), to: today, title: one.name, plan: one.id })}
            >
              {one.done}/{one.due}
            </button>
            <span className="meta">
              {one.share === null ? t('care.few') : `${Math.round(one.share * 100)}%`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A greeting to many: one text for all but the key customers, who are written to by their owners. */
function Greet({ one, open }: { one: Greeting; open: (shown: Shown) => void }) {
  const [text, setText] = useState(one.text);
  const { busy, failure, submit } = useSubmit(async () => {
    const done = await arrangeCare(one.plan, one.on, text.trim());
    say(t(done.own ? 'care.arranged_split' : 'care.arranged', { ...done }));
    refreshCare();
  });
  const name = one.festival ? words(one.festival) : one.name;
  const rest = one.n - one.key;
  return (
    <section className="sheet care-panel">
      <h2>
        {t('care.greeting', { name, n: one.n })}
        <span className="meta">{formatDay(one.occasion ?? one.on)}</span>
      </h2>
      {one.key ? (
        <p className="second" title={one.names.join(t('common.list'))}>
          {t('care.greeting_key', { n: one.key })}
        </p>
      ) : null}
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={2000}
        aria-label={t('care.greeting_text')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="care-split">
        <li>{t('care.greeting_same', { n: rest })}</li>
        {one.key ? <li>{t('care.greeting_own', { n: one.key })}</li> : null}
      </ul>
      <Refusal failure={failure} />
      <p className="care-acts">
        <Button size="small" disabled={!text.trim()} loading={busy} onClick={() => void submit()}>
          {t('care.arrange')}
        </Button>
        <button
          type="button"
          className="act"
          onClick={() => open({ from: one.on, to: one.on, title: one.name, plan: one.id })}
        >
          {t('care.names')}
        </button>
      </p>
    </section>
  );
}

/** Ideas from talks. */
function Ideas({ whose, today, rows }: { whose: Whose; today: string; rows: CareOverview['proposed'] }) {
  const query = useCareItems({
    from: addDays(today, -30),
    to: addDays(today, 400),
    whose,
    state: 'proposed',
  });
  const options = query.data?.options;
  if (!rows.length || !options) return null;
  return (
    <section className="sheet care-panel">
      <h2>{t('care.ideas')}</h2>
      <ul>
        {rows.map((one) => (
          <CareRow key={one.id} one={one} options={options} today={today} />
        ))}
      </ul>
    </section>
  );
}

export function CareAside({
  data,
  whose,
  today,
  open,
}: {
  data: CareOverview;
  whose: Whose;
  today: string;
  open: (shown: Shown) => void;
}) {
  const waiting = data.greetings.filter((one) => !one.arranged);
  return (
    <aside className="care-aside" aria-label={t('care.beside')}>
      <Crowds data={data.crowded} />
      {today && data.proposed.length ? <Ideas whose={whose} today={today} rows={data.proposed} /> : null}
      {today ? <Executions rows={data.execution} today={today} open={open} /> : null}
      {data.can.arrange
        ? waiting.map((one) => <Greet key={`${one.plan} ${one.on}`} one={one} open={open} />)
        : null}
    </aside>
  );
}
