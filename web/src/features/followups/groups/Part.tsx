import { CircleAlert } from 'lucide-react';
import type { TemplatePart } from '@/api/templates';
import type { FieldType } from '@/api/types';
import { RecordForm } from '@/components/RecordForm';
import { defaultsOf } from '@/lib/filling';
import { words } from '@/lib/names';
import { isOwn } from '@/lib/own';
import { t } from '@/locales';
import { withValue } from '../draft';
import type { Log } from '../use-log';
import { Files } from './Files';
import { FieldInput } from './Inputs';
import { Needs, Objections, Questions, Quotes, Risks } from './Lines';

/** Types that are lists with rows of their own. */
const LISTS: Partial<Record<FieldType, (props: { log: Log }) => React.ReactNode>> = {
  needs: Needs,
  objections: Objections,
  quotes: Quotes,
  qa: Questions,
  risks: Risks,
  files: Files,
};

function Row({ log, slug, must }: { log: Log; slug: string; must: boolean }) {
  const field = log.labels.field('followup', slug);
  if (!field) return null;
  const List = LISTS[field.type];
  const gap = log.check?.findings.find((one) => one.rule === 'template-part' && one.field === slug);
  const wrong = must && log.tried && gap;
  const id = `part-${slug}`;
  return (
    <div data-part={slug} className="part">
      {List ? (
        <List log={log} />
      ) : (
        <div className="group-row" data-long={field.type === 'longtext' || undefined}>
          <label className="second" htmlFor={id}>
            {words(field.label)}
            {must ? <span className="part-must">{t('followups.required')}</span> : null}
          </label>
          <FieldInput log={log} field={field} id={id} />
        </div>
      )}
      {wrong ? (
        <p className="field-wrong part-wrong">
          <CircleAlert size={14} strokeWidth={1.6} aria-hidden="true" /> {words(gap.message)}
        </p>
      ) : null}
    </div>
  );
}

/** Fields that the team has added, drawn as on every other form of theirs. */
function OwnRows({ log, slugs }: { log: Log; slugs: readonly string[] }) {
  const { draft, labels } = log;
  const fields = slugs.flatMap((slug) => labels.field('followup', slug) ?? []);
  const values = { ...defaultsOf(fields), ...draft.details };
  const gaps = log.tried ? (log.check?.findings.filter((one) => one.rule === 'template-part') ?? []) : [];
  if (!fields.length) return null;
  return (
    <div className="part-own">
      <RecordForm
        fields={fields}
        values={values}
        problems={Object.fromEntries(gaps.map((gap) => [gap.field, words(gap.message)]))}
        onChange={(slug, value) => log.change((old) => withValue(old, slug, value))}
      />
    </div>
  );
}

/** An open part of a template: its fields, each drawn by its type from the field list. */
export function Part({ log, part, must }: { log: Log; part: TemplatePart; must: boolean }) {
  const coded = part.fields.filter((slug) => !isOwn(slug));
  return (
    <section className="group" aria-label={words(part)}>
      <OwnRows log={log} slugs={part.fields.filter(isOwn)} />
      {coded.map((slug) => (
        <Row key={slug} log={log} slug={slug} must={must} />
      ))}
    </section>
  );
}
