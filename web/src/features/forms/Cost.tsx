import { useCost } from '@/api/designs';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { DEAR, dearest, type Meter, meterOf, secondsOf } from './cost';
import { type Draft, type Entry, figures } from './draft';
import { nameOf } from './names';
import type { Designer } from './use-designer';

/** The meter of a form; null until it has been read. */
export function useMeter(type: string): Meter | null {
  const { data } = useCost(type);
  return data ? meterOf(data) : null;
}

/** 动手填 4 项 · 自动带出 5 项 · 约 61 秒 ↑9: what filling in the form costs as it stands. */
export function CostLine({ draft, was, meter }: { draft: Draft; was: Draft; meter: Meter | null }) {
  const { hand, free } = figures(draft);
  const auto = draft.fields.filter((field) => field.auto && !field.hidden).length;
  const now = meter ? Math.round(secondsOf(draft, meter)) : null;
  const more = meter && now !== null ? now - Math.round(secondsOf(was, meter)) : 0;
  const dear = now !== null && now > DEAR;
  return (
    <p className="second fd-figures" data-dear={dear || undefined}>
      {t('forms.figures', { hand, free, auto })}
      {now === null ? null : (
        <>
          {' · '}
          <b>{t('forms.takes', { n: now })}</b>
          {more ? <span className="fd-more"> {more > 0 ? `↑${more}` : `↓${-more}`}</span> : null}
        </>
      )}
      {dear && meter ? (
        <span className="fd-dear">
          {t('forms.dear', { names: dearest(draft, meter).map(nameOf).join(t('common.list')) })}
        </span>
      ) : null}
    </p>
  );
}

/** 这个字段值不值得填: what it takes, how often it is filled in, which views ask for it; and what to do with it. */
export function Worth({ entry, designer }: { entry: Entry; designer: Designer }) {
  const meter = useMeter(designer.type);
  if (!meter || entry.auto) return null;
  const cost = meter.of(entry);
  const facts: [string, string][] = [
    [
      t(cost && !cost.estimated ? 'forms.worth_median' : 'forms.worth_guess', { n: meter.seconds(entry) }),
      t('forms.worth_time'),
    ],
  ];
  if (cost) {
    facts.push([`${Math.round(cost.share * 100)}%`, t('forms.worth_filled')]);
    facts.push([t('forms.worth_views', { n: cost.views }), t('forms.worth_asked')]);
  }
  return (
    <section className="fp-part">
      <h3>{t('forms.worth')}</h3>
      <dl className="fp-worth">
        {facts.map(([value, label]) => (
          <div key={label}>
            <dd>{value}</dd>
            <dt className="meta">{label}</dt>
          </div>
        ))}
      </dl>
      {cost?.entries && cost.corrections ? (
        <p className="meta">
          {t('forms.worth_corrected', { n: Math.round((cost.corrections / cost.entries) * 100) })}
        </p>
      ) : null}
      {cost?.advice ? <p className="fp-advice">{words(cost.advice)}</p> : null}
    </section>
  );
}
