import { Switch } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Impact, ImpactExample } from '@/api/designs';
import { Tabs } from '@/components/Tabs';
import { words } from '@/lib/names';
import { formatDay, formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { wordsOf } from './Changes';
import type { Effect } from './impact';
import { nameOf } from './names';

const signed = (seconds: number): string => {
  const whole = Math.round(seconds);
  return whole ? t('forms.impact_seconds', { n: `${whole > 0 ? '+' : '−'}${Math.abs(whole)}` }) : '0';
};

/** Each change with what it would have done; a demand can be a reminder first, and the sums move. */
export function EffectTable({
  effects,
  found,
  soft,
  day,
  extra,
  turn,
}: {
  effects: readonly Effect[];
  /** null: not reckoned yet. */
  found: Impact | null;
  soft: ReadonlySet<string>;
  day: string;
  /** What each adds to a record on the average, in seconds; null until it is known. */
  extra: ((uid: string) => number) | null;
  turn: (uid: string) => void;
}) {
  const any = effects.some((one) => one.softens);
  const sum = effects.reduce((total, one) => total + one.stopped, 0);
  return (
    <section>
      <h3>{t('forms.impact_changes', { n: effects.length })}</h3>
      <table className="fi-table">
        <thead>
          <tr>
            <th>{t('forms.impact_change')}</th>
            <th className="num">{t('forms.impact_blocks')}</th>
            <th className="num">{t('forms.impact_reminds')}</th>
            <th className="num">{t('forms.impact_extra')}</th>
            {any ? <th>{t('forms.impact_first')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {effects.map(({ change, stopped, reminded, softens }) => {
            const gentle = soft.has(change.uid);
            return (
              <tr key={`${change.kind}${change.uid}`}>
                <td>
                  <b>{nameOf(change.name)}</b> <span className="second">· {wordsOf(change)}</span>
                </td>
                <td className="num" data-stops={(stopped > 0 && !gentle) || undefined}>
                  {found ? (gentle ? 0 : stopped) : '…'}
                </td>
                <td className="num">{found ? reminded + (gentle ? stopped : 0) : '…'}</td>
                <td className="num">{extra ? signed(extra(change.uid)) : '…'}</td>
                {any ? (
                  <td>
                    {softens ? (
                      <Switch
                        size="small"
                        checked={gentle}
                        aria-label={t('forms.impact_first_of', { name: nameOf(change.name) })}
                        onChange={() => turn(change.uid)}
                      />
                    ) : null}
                  </td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </table>
      {soft.size ? <p className="meta">{t('forms.impact_until', { day: formatDay(day) })}</p> : null}
      {found?.several ? (
        <p className="meta">{t('forms.impact_several', { n: found.several, all: found.stopped, sum })}</p>
      ) : null}
    </section>
  );
}

/** Whom it meets: by team and by person, the share as a bar. */
export function Groups({ found }: { found: Impact }) {
  const [by, setBy] = useState<'team' | 'member'>('team');
  const rows = by === 'team' ? found.by_team : found.by_member;
  return (
    <section>
      <Tabs<'team' | 'member'>
        className="fi-by"
        each="plain"
        label={t('forms.impact_by')}
        value={by}
        onChange={setBy}
        choices={[
          { key: 'team', label: t('forms.impact_by_team') },
          { key: 'member', label: t('forms.impact_by_member') },
        ]}
      />
      <table className="fi-table">
        <thead>
          <tr>
            <th>{t(by === 'team' ? 'forms.impact_team' : 'forms.impact_member')}</th>
            <th className="num">{t('forms.impact_records')}</th>
            <th>{t('forms.impact_share')}</th>
            <th className="num">{t('forms.impact_blocks')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => {
            const part = one.looked_at ? one.stopped / one.looked_at : 0;
            return (
              <tr key={one.id ?? 'none'}>
                <td>{one.name || t(by === 'team' ? 'forms.impact_no_team' : 'forms.impact_nobody')}</td>
                <td className="num">{one.looked_at}</td>
                <td>
                  <span className="fi-share">
                    <span className="fi-bar" aria-hidden="true">
                      <span style={{ width: `${part * 100}%` }} data-most={part >= 0.2 || undefined} />
                    </span>
                    {(part * 100).toFixed(1)}%
                  </span>
                </td>
                <td className="num">{one.stopped}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

const FEW = 3;

/** Where the record itself can be seen. */
function pathOf(type: string, one: ImpactExample): string | null {
  if (type === 'followup') return `/followups/${one.id}`;
  return one.customer ? `/customers/${one.customer.id}` : null;
}

function Example({ one, type }: { one: ImpactExample; type: string }) {
  const path = pathOf(type, one);
  const head = one.customer?.name ?? one.name;
  const by = [one.by.name, one.by.team?.name, formatWhen(one.at)].filter(Boolean).join(' · ');
  return (
    <li className="fi-example">
      <p className="fi-example-head">
        {path ? (
          <Link to={path} target="_blank">
            <b>{head}</b>
          </Link>
        ) : (
          <b>{head}</b>
        )}
        <span className="meta">{by}</span>
      </p>
      {one.name === head ? null : <p className="second">{t('forms.impact_said', { text: one.name })}</p>}
      {one.problems.map((problem) => (
        <p className="verm" key={`${problem.field}${problem.zh}`}>
          {words(problem)}
        </p>
      ))}
    </li>
  );
}

/** What they look like: real records that open. */
export function Examples({ found, type }: { found: Impact; type: string }) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? found.examples : found.examples.slice(0, FEW);
  return (
    <section>
      <div className="fi-head">
        <h3>{t('forms.impact_examples')}</h3>
        {found.examples.length > shown.length ? (
          <button type="button" className="act" onClick={() => setWhole(true)}>
            {t(found.examples.length < found.stopped ? 'forms.impact_more' : 'forms.impact_all', {
              n: found.examples.length,
            })}
          </button>
        ) : null}
      </div>
      <ul className="fi-examples">
        {shown.map((one) => (
          <Example key={one.id} one={one} type={type} />
        ))}
      </ul>
    </section>
  );
}
