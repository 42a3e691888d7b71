import { Input, Select, Switch } from 'antd';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { locale, t } from '@/locales';
import { mainOf } from './draft';
import type { Edited } from './NodePanel';
import { Row } from './Row';

const FIND = { optionFilterProp: 'label' } as const;

/** The name in both languages, that of the reader first. */
function Names({ node, set }: Edited) {
  const languages = locale() === 'zh-CN' ? (['zh', 'en'] as const) : (['en', 'zh'] as const);
  return (
    <div className="pb-pair">
      {languages.map((language, at) => (
        <Row key={language} label={t(`playbook.name_${language}`)}>
          <Input
            id={at ? undefined : 'pb-name'}
            value={node[language]}
            placeholder={node[language === 'zh' ? 'en' : 'zh']}
            maxLength={40}
            onChange={(event) => set({ [language]: event.target.value }, language)}
          />
        </Row>
      ))}
    </div>
  );
}

/** Who does it: the customer's owner, the holders of a role, a department. */
function Owner({ shaping, node, set }: Edited) {
  const { roles, departments } = shaping.latest;
  return (
    <Row label={t('playbook.owner')}>
      <Select
        value={node.owner}
        aria-label={t('playbook.owner')}
        showSearch={FIND}
        options={[
          ...(['owner', 'superior', 'head'] as const).map((value) => ({
            value,
            label: t(`playbook.owner_${value}`),
          })),
          {
            label: t('playbook.owner_roles'),
            options: roles.map((one) => ({ value: `role:${one.key}`, label: words(one) })),
          },
          {
            label: t('playbook.owner_departments'),
            options: departments.map((one) => ({ value: `department:${one}`, label: one })),
          },
        ]}
        onChange={(owner: string) => set({ owner })}
      />
    </Row>
  );
}

/** What brings a customer here by itself, and his status from then on. */
function Arrival({ shaping, node, set }: Edited) {
  const statuses = useLabels().options('life_cycle');
  return (
    <>
      <Row label={t('playbook.arrives')}>
        <Select
          aria-label={t('playbook.arrives')}
          value={node.arrives}
          options={[
            { value: '', label: t('playbook.arrives_none') },
            ...shaping.latest.events.map((one) => ({ value: one.key, label: words(one) })),
          ]}
          onChange={(arrives: string) => set({ arrives })}
        />
      </Row>
      <Row label={t('playbook.life_cycle')}>
        <Select
          aria-label={t('playbook.life_cycle')}
          value={node.life_cycle}
          options={[
            { value: '', label: t('playbook.life_cycle_none') },
            ...statuses.map((one) => ({ value: one.key, label: words(one) })),
          ]}
          onChange={(status: string) => set({ life_cycle: status })}
        />
      </Row>
    </>
  );
}

/** Where one may go from here, and what the node runs beside. */
function Ways({ shaping, node, set }: Edited) {
  const main = mainOf(shaping.draft.document.nodes).filter((one) => one.key !== node.key);
  const choices = main.map((one) => ({ value: one.key, label: words(one) }));
  const hangs = shaping.draft.document.nodes.some((one) => one.beside === node.key);
  const many = (label: string, value: string[], hint: string, change: (keys: string[]) => void) => (
    <Row label={label}>
      <Select
        mode="multiple"
        aria-label={label}
        value={value}
        placeholder={hint}
        options={choices}
        onChange={change}
      />
    </Row>
  );
  return (
    <section className="pb-part">
      <h3>{t('playbook.ways')}</h3>
      {node.beside
        ? null
        : many(t('playbook.next'), node.next ?? [], t('playbook.next_usual'), (next) =>
            set({ next: next.length ? next : null }),
          )}
      {node.beside
        ? null
        : many(t('playbook.back'), node.back, t('playbook.back_none'), (back) => set({ back }))}
      <Row label={t('playbook.beside')}>
        <Select
          aria-label={t('playbook.beside')}
          value={node.beside ?? ''}
          disabled={hangs}
          options={[{ value: '', label: t('playbook.beside_none') }, ...choices]}
          onChange={(beside: string) =>
            set(beside ? { beside, next: null, back: [], arrives: '', life_cycle: '' } : { beside: null })
          }
        />
      </Row>
      {node.beside ? null : <Arrival shaping={shaping} node={node} set={set} />}
      <label className="pb-switch">
        <span>
          {t('playbook.optional')} <span className="meta">{t('playbook.optional_hint')}</span>
        </span>
        <Switch
          size="small"
          aria-label={t('playbook.optional')}
          checked={node.optional}
          onChange={(optional) => set({ optional })}
        />
      </label>
    </section>
  );
}

/** 动作与产出: what is done, what comes out, who does it, and where it leads. */
export function ActionTab(edited: Edited) {
  const { shaping, node, set } = edited;
  const labels = useLabels();
  return (
    <>
      <section className="pb-part">
        <Names {...edited} />
        <Row label={t('playbook.action')}>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={node.action}
            maxLength={500}
            placeholder={t('playbook.action_hint')}
            onChange={(event) => set({ action: event.target.value }, 'action')}
          />
        </Row>
        <Row label={t('playbook.output')}>
          <Input
            value={node.output}
            maxLength={200}
            placeholder={t('playbook.output_hint')}
            onChange={(event) => set({ output: event.target.value }, 'output')}
          />
        </Row>
        <Row label={t('playbook.inputs')}>
          <Select
            mode="tags"
            aria-label={t('playbook.inputs')}
            open={false}
            suffixIcon={null}
            value={node.inputs}
            placeholder={t('playbook.inputs_hint')}
            tokenSeparators={['，', ',', '、']}
            onChange={(inputs: string[]) => set({ inputs })}
          />
        </Row>
        <Owner {...edited} />
        <Row label={t('playbook.required')}>
          <Select
            mode="multiple"
            aria-label={t('playbook.required')}
            value={node.required}
            showSearch={FIND}
            placeholder={t('playbook.required_hint')}
            options={shaping.latest.fields.map((one) => ({
              value: one.slug,
              label: words(labels.field('customer', one.slug)?.label ?? one.label),
            }))}
            onChange={(required: string[]) => set({ required })}
          />
        </Row>
      </section>
      <Ways {...edited} />
    </>
  );
}
