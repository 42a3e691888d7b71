import { Button } from 'antd';
import { useState } from 'react';
import { useMe } from '@/app/session';
import { useSubject } from '@/components/list/kind';
import { RecordForm, type Values } from '@/components/RecordForm';
import { defaultsOf, lacking } from '@/lib/filling';
import { holds, standing } from '@/lib/judge';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { askedIn } from './conditions';
import { type Draft, isShown, partsOf } from './draft';
import { asChoices, asField, drawsItself } from './kinds';
import { groupName } from './names';

/** The options of lists that nobody has saved yet. */
function choicesOf(draft: Draft) {
  return Object.fromEntries(
    draft.fields.flatMap((field) => {
      const list = field.options ? draft.lists[field.options] : undefined;
      return list ? [[field.uid, asChoices(list.items)] as const] : [];
    }),
  );
}

/** What the system fills in and conditions ask about: to be set by hand here, as if it had been. */
function given(draft: Draft) {
  const asked = new Set([
    ...draft.fields.flatMap((field) => [...askedIn(field.visible_when), ...askedIn(field.required_when)]),
    ...draft.rules.flatMap((rule) => askedIn(rule.must)),
  ]);
  return draft.fields.filter((field) => field.auto && !field.hidden && asked.has(field.uid));
}

/** The draft as whoever fills it in will have it: fields come and go, and what would be refused is said. Nothing is
 *  kept. */
export function TryOut({ draft }: { draft: Draft }) {
  const { labels, record } = useSubject();
  const { member } = useMe();
  const known = labels.fields(record);
  const mine = draft.fields.filter((field) => isShown(field) && !drawsItself(field.type)).map(asField);
  const [values, setValues] = useState<Values>(() => defaultsOf(mine));
  const [sent, setSent] = useState(false);
  const who = { me: member.id, ours: member.department?.id ?? null };
  const fields = standing(mine, known, values, who);
  const bySlug = new Map(known.map((field) => [field.slug, field]));
  const against = draft.rules.filter((rule) => rule.must && !holds(rule.must, bySlug, values, who));
  const problems = lacking(fields, values);
  for (const rule of against)
    if (rule.field) problems[rule.field] ??= words(rule) || t('forms.rule_no_words');
  const many = Object.keys(problems).length + against.filter((rule) => !rule.field).length;
  const set = (slug: string, value: unknown) => setValues((old) => ({ ...old, [slug]: value }));
  const drawn = { values, choices: choicesOf(draft), onChange: set };
  const outside = given(draft).map(asField);
  return (
    <div className="fd-try">
      {outside.length ? (
        <section className="fd-given">
          <h3>{t('forms.try_given')}</h3>
          <RecordForm fields={outside.map((field) => ({ ...field, required: false }))} {...drawn} />
        </section>
      ) : null}
      {partsOf(draft).map((part) => {
        const here = fields.filter((field) => part.fields.some((one) => one.uid === field.slug));
        return here.length ? (
          <section className="fd-group" key={part.key}>
            <h3>{groupName(draft, part.key)}</h3>
            <RecordForm fields={here} {...drawn} problems={sent ? problems : {}} />
          </section>
        ) : null;
      })}
      <footer className="fd-try-foot">
        <div role="status">
          {sent && many ? <p className="verm">{t('forms.try_stopped', { n: many })}</p> : null}
          {sent && !many ? <p className="pine">{t('forms.try_passes')}</p> : null}
          {sent
            ? against
                .filter((rule) => !rule.field)
                .map((rule) => (
                  <p className="verm" key={rule.uid}>
                    {words(rule) || t('forms.rule_no_words')}
                  </p>
                ))
            : null}
          {sent ? null : <p className="meta">{t('forms.try_hint')}</p>}
        </div>
        <Button onClick={() => setSent(true)}>{t('forms.try_send')}</Button>
      </footer>
    </div>
  );
}
