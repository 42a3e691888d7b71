import type { ReactNode } from 'react';
import { type Pooled, type Pools, type Story, useStory } from '@/api/pools';
import { ClassBadge } from '@/components/ClassBadge';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { formatMoney } from '@/lib/money';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { formatDay, formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { FirstContact } from './FirstContact';
import { TakeButton } from './PoolList';
import type { Claim } from './use-claim';

interface Props {
  id: number;
  can: Pools['can'] | undefined;
  claim: Claim;
  skip: (row: Pick<Pooled, 'id'>) => void;
}

const MOST_KNOWN = 6;

/** 接手前先知道: who decides, what it hangs on, what was promised and not done, what nobody has to ask again. */
function Before({ story }: { story: Story }) {
  const labels = useLabels();
  const people = story.people ?? [];
  const promised = story.promised ?? [];
  const sticking = (story.sticking ?? []).map((one) => one.text).join(t('pools.and'));
  const known = (story.known ?? []).slice(0, MOST_KNOWN).map(words).join(t('pools.comma'));
  const who = people
    .map((one) =>
      [labels.label('decision_role', one.decision_role), one.title, one.name, one.phone || one.wechat]
        .filter(Boolean)
        .join(' '),
    )
    .join(t('pools.and'));
  if (!who && !sticking && !known && !promised.length)
    return <p className="second">{t('pools.nothing_known')}</p>;
  return (
    <section className="pool-before">
      <h3>{t('pools.before')}</h3>
      <dl>
        <Line name={t('pools.people')}>{who}</Line>
        <Line name={t('pools.sticking')}>{sticking}</Line>
        <Line name={t('pools.promised')}>
          {promised.length
            ? promised.map((one) => (
                <span key={one.id} className="pool-promise">
                  <b className={one.overdue ? 'verm' : ''}>{one.act}</b>
                  <span className="second">
                    {t('pools.due', { when: formatWhen(one.due_at, one.precision) })}
                  </span>
                </span>
              ))
            : null}
        </Line>
        <Line name={t('pools.known')}>{known ? t('pools.known_line', { names: known }) : null}</Line>
      </dl>
    </section>
  );
}

/** A line of what one knows before; none where nothing is known. */
function Line({ name, children }: { name: string; children: ReactNode }) {
  return children ? (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  ) : null;
}

function Talks({ story }: { story: Story }) {
  const labels = useLabels();
  const talks = story.talks ?? [];
  if (!talks.length) return <p className="second">{t('pools.no_talks')}</p>;
  return (
    <section>
      <h3>{t('pools.talks', { n: story.customer.records })}</h3>
      <ol className="pool-talks">
        {talks.map((one) => (
          <li key={one.id}>
            <span className="meta">
              {[formatDay(one.at), labels.label('channel', one.channel), one.by].filter(Boolean).join(' · ')}
            </span>
            <span>{one.words || (one.attempt ? labels.label('attempt_kind', one.attempt) : '—')}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The story before the button. */
export function StoryPanel({ id, can, claim, skip }: Props) {
  const labels = useLabels();
  const query = useStory(id);
  if (query.error) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={6} height={40} />;
  const story = query.data;
  const { customer } = story;
  const { terms } = customer;
  const about = [
    labels.label('industry', customer.industry),
    customer.region,
    customer.size,
    customer.amount === null ? '' : formatMoney(customer.amount, customer.currency),
  ].filter(Boolean);
  const free = can?.claim && !customer.cool_until && !customer.asks;
  return (
    <div className="pool-panel">
      <header>
        <h2>
          {customer.name} <ClassBadge value={customer.intent_class} />
        </h2>
        <p className="second">{about.join(' · ')}</p>
        {customer.why ? <p className="second">{t('pools.why', { why: customer.why })}</p> : null}
      </header>
      <div className="pool-told">
        {story.told ? (
          <>
            <Before story={story} />
            <Talks story={story} />
          </>
        ) : (
          <p className="second">{t('pools.not_told')}</p>
        )}
      </div>
      <footer>
        {free ? (
          <FirstContact
            busy={claim.busy === id}
            most={terms.first_by}
            take={(at) => void claim.take(customer, at)}
            skip={() => skip(customer)}
          />
        ) : (
          <TakeButton row={customer} can={can} claim={claim} />
        )}
        <p className="meta">
          {[
            terms.first_by && terms.first_workdays
              ? t('pools.terms', { n: terms.first_workdays, when: formatWhen(terms.first_by) })
              : '',
            terms.cooldown_days ? t('pools.terms_cool', { n: terms.cooldown_days }) : '',
          ]
            .filter(Boolean)
            .join('')}
        </p>
      </footer>
    </div>
  );
}
