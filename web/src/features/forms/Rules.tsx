import { Button, Input, Select } from 'antd';
import { Plus, Trash2 } from 'lucide-react';
import { useNaming } from '@/components/list/filter/use-naming';
import { partsOf } from '@/lib/filter';
import { sentenceOfNode } from '@/lib/filter-words';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { locale, t } from '@/locales';
import { broken } from './broken';
import { isShown, type RuleDraft } from './draft';
import { nameOf } from './names';
import { Row } from './Row';
import { addRule, removeRule, setRule } from './rules';
import { type Designer, newUid } from './use-designer';
import { Asked } from './When';

function Line({ rule, designer, wrong }: { rule: RuleDraft; designer: Designer; wrong: string | undefined }) {
  const nodes = partsOf(rule.must);
  const naming = useNaming(nodes);
  const must = nodes.map((node) => sentenceOfNode(node, naming)).join(` ${t('filters.and')} `);
  return (
    <li>
      <button
        type="button"
        className="plain fl-rule"
        aria-current={designer.selected === rule.uid || undefined}
        onClick={() => designer.select(rule.uid)}
      >
        <span>{must || t('forms.rule_new')}</span>
        <span className="meta">{words(rule) || t('forms.rule_no_words')}</span>
        {wrong ? <span className="verm">{wrong}</span> : null}
      </button>
    </li>
  );
}

/** The rules of the form, each as what must hold and what is said else. */
export function RuleList({ designer }: { designer: Designer }) {
  const { draft, was, change, select, refusals } = designer;
  const wrong = broken(draft, was);
  const add = () => {
    const uid = newUid('rule');
    change(addRule(draft, uid));
    select(uid);
  };
  return (
    <section className="fl-part">
      {draft.rules.length ? null : <p className="second">{t('forms.rules_none')}</p>}
      <ol className="fl-rules">
        {draft.rules.map((rule) => (
          <Line
            key={rule.uid}
            rule={rule}
            designer={designer}
            wrong={refusals.at[rule.uid] ?? wrong[rule.uid]}
          />
        ))}
      </ol>
      <Button icon={<Plus size={15} strokeWidth={1.6} />} onClick={add}>
        {t('forms.rule_add')}
      </Button>
    </section>
  );
}

/** One rule: 必须满足 …，否则说 …, beside which field. */
export function RulePanel({ rule, designer }: { rule: RuleDraft; designer: Designer }) {
  const { draft, change, select, refusals, undoLast } = designer;
  const set = (values: Partial<RuleDraft>, tag = '') =>
    change(setRule(draft, rule.uid, values), tag && `${tag}:${rule.uid}`);
  const languages = locale() === 'zh-CN' ? (['zh', 'en'] as const) : (['en', 'zh'] as const);
  const wrong = refusals.at[rule.uid];
  const drop = () => {
    change(removeRule(draft, rule.uid));
    select(null);
    say(t('forms.rule_removed'), 'ok', { label: t('common.undo'), run: undoLast });
  };
  return (
    <>
      <header className="fp-head">
        <h2>{t('forms.rule')}</h2>
        <p className="meta">{t('forms.rule_hint')}</p>
        {wrong ? (
          <p className="verm" role="alert">
            {wrong}
          </p>
        ) : null}
      </header>
      <section className="fp-part">
        <Asked
          node={rule.must}
          set={(must) => set({ must })}
          designer={designer}
          before={t('forms.rule_before')}
          after=""
          nothing={t('forms.rule_no_condition')}
        >
          {rule.must ? null : <span className="meta">{t('forms.rule_no_condition')}</span>}
        </Asked>
      </section>
      <section className="fp-part">
        <h3>{t('forms.rule_else')}</h3>
        {languages.map((language, at) => (
          <Row
            key={language}
            label={t(`forms.rule_${language}`)}
            hint={at && !rule[language] ? t('forms.rule_words_hint') : undefined}
          >
            <Input.TextArea
              autoSize={{ minRows: 1, maxRows: 4 }}
              value={rule[language]}
              maxLength={120}
              placeholder={at ? undefined : t('forms.rule_example')}
              onChange={(event) => set({ [language]: event.target.value }, language)}
            />
          </Row>
        ))}
        <Row label={t('forms.rule_beside')}>
          <Select
            value={rule.field}
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: '', label: t('forms.rule_nowhere') },
              ...draft.fields.filter(isShown).map((field) => ({ value: field.uid, label: nameOf(field) })),
            ]}
            onChange={(field) => set({ field })}
          />
        </Row>
      </section>
      <footer className="fp-foot">
        <button type="button" className="act verm" onClick={drop}>
          <Trash2 size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('forms.rule_remove')}
        </button>
      </footer>
    </>
  );
}
