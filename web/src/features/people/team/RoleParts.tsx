import { Checkbox, Select } from 'antd';
import { useState } from 'react';
import type { Catalogue, Mark, Subject } from '@/api/team';
import { Tabs } from '@/components/Tabs';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { heldOf, holds, type RoleDraft, reaches, setMark, setScope, setSubject, setVerb } from './role-draft';

interface Part {
  draft: RoleDraft;
  catalogue: Catalogue;
  change: (values: Partial<RoleDraft>) => void;
}

function SubjectBox({ subject, draft, catalogue, change }: Part & { subject: Subject }) {
  const held = heldOf(draft.verbs, subject);
  return (
    <fieldset className="role-subject">
      <legend className="sr">{words(subject)}</legend>
      <Checkbox
        className="role-whole"
        checked={held === 'all'}
        indeterminate={held === 'some'}
        onChange={(event) =>
          change({ verbs: setSubject(draft.verbs, catalogue.subjects, subject, event.target.checked) })
        }
      >
        <b>{words(subject)}</b>
      </Checkbox>
      {subject.whole ? (
        <p className="meta role-steps">{subject.verbs.map(words).join(t('common.list'))}</p>
      ) : (
        <div className="role-verbs">
          {subject.verbs.map((verb) => (
            <Checkbox
              key={verb.name}
              checked={holds(draft.verbs, verb.name)}
              onChange={(event) =>
                change({
                  verbs: setVerb(draft.verbs, catalogue.subjects, subject, verb.name, event.target.checked),
                })
              }
            >
              {words(verb)}
            </Checkbox>
          ))}
        </div>
      )}
    </fieldset>
  );
}

/** 能做什么: the verbs by what they are about. */
export function RoleVerbs(part: Part) {
  return (
    <div className="role-subjects">
      {part.catalogue.subjects.map((subject) => (
        <SubjectBox key={subject.key} subject={subject} {...part} />
      ))}
    </div>
  );
}

/** 碰得到哪些: which rows of each kind, to see, to change, to write on. */
export function RoleScopes({ draft, catalogue, change }: Part) {
  return (
    <div className="role-scopes">
      {catalogue.types.map((type) => (
        <div className="role-type" key={type.slug}>
          <b>{words(type)}</b>
          <dl>
            {type.acts.map((act) => (
              <div key={act}>
                <dt className="second">{words(catalogue.acts[act])}</dt>
                <dd className="role-chips">
                  {type.scopes.map((scope) => {
                    const on = reaches(draft.scopes, type.slug, act, scope);
                    const named = draft.scopes[type.slug]?.[act]?.includes(scope) ?? false;
                    return (
                      <button
                        type="button"
                        className="role-chip"
                        key={scope}
                        aria-pressed={on}
                        disabled={on && !named}
                        onClick={() =>
                          change({ scopes: setScope(draft.scopes, type.slug, act, scope, !named) })
                        }
                      >
                        {words(catalogue.scopes[scope])}
                      </button>
                    );
                  })}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}

/** 看得到哪些字段: for each kind of record its fields, free, read-only, masked or hidden. */
export function RoleFields({ draft, catalogue, change }: Part) {
  const [kind, setKind] = useState(catalogue.fields[0]?.slug ?? '');
  const type = catalogue.fields.find((one) => one.slug === kind);
  return (
    <>
      <Tabs
        className="role-kinds"
        label={t('team.role_fields')}
        value={kind}
        onChange={setKind}
        choices={catalogue.fields.map((one) => {
          const limited = Object.keys(draft.fields[one.slug] ?? {}).length;
          return {
            key: one.slug,
            label: (
              <>
                {words(one)}
                {limited ? <span className="role-count">{limited}</span> : null}
              </>
            ),
          };
        })}
      />
      <div className="role-fields">
        {type?.fields.map((field) => {
          const mark = draft.fields[kind]?.[field.slug] ?? '';
          // A field of the system is never written by hand: seen or not seen.
          const free = field.marks.includes('readonly') ? catalogue.marks[''] : catalogue.marks.readonly;
          return (
            <div className="role-field" key={field.slug} data-mark={mark || undefined}>
              <span className="cut" title={words(field)}>
                {words(field)}
              </span>
              <Select<Mark | ''>
                aria-label={words(field)}
                variant="borderless"
                value={mark}
                onChange={(next) => change({ fields: setMark(draft.fields, kind, field.slug, next) })}
                options={[
                  { value: '', label: words(free) },
                  ...field.marks.map((one) => ({ value: one, label: words(catalogue.marks[one]) })),
                ]}
              />
            </div>
          );
        })}
      </div>
    </>
  );
}
