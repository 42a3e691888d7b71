import { Input, Select } from 'antd';
import type { CustomerMode } from '@/api/records';
import { StatesEditor } from '@/components/states/StatesEditor';
import { t } from '@/locales';
import type { TypeDraft } from './draft';
import { nameOf } from './names';
import { Row } from './Row';
import type { Designer } from './use-designer';

const MODES: CustomerMode[] = ['optional', 'required', 'none'];

/** What the type is called, whether its rows belong to a customer, and the states in which they stand. */
export function TypePanel({ type, designer }: { type: TypeDraft; designer: Designer }) {
  const { draft, change, refusals } = designer;
  const set = (values: Partial<TypeDraft>, tag = '') =>
    change({ ...draft, type: { ...type, ...values } }, tag && `${tag}:type`);
  const wrong = refusals.at.type;
  return (
    <>
      <header className="fp-head">
        <h2>{nameOf(type)}</h2>
        <p className="meta">{t('forms.type_hint')}</p>
        {wrong ? (
          <p className="verm" role="alert">
            {wrong}
          </p>
        ) : null}
      </header>
      <section className="fp-part">
        {(['zh', 'en'] as const).map((language) => (
          <Row key={language} label={t(`forms.label_${language}`)}>
            <Input
              value={type[language]}
              maxLength={30}
              onChange={(event) => set({ [language]: event.target.value }, language)}
            />
          </Row>
        ))}
        <Row label={t('own.type_customer')}>
          <Select
            value={type.customer}
            options={MODES.map((value) => ({ value, label: t(`own.customer_${value}`) }))}
            onChange={(customer) => set({ customer })}
          />
        </Row>
      </section>
      <section className="fp-part">
        <h3>{t('own.states')}</h3>
        <StatesEditor states={type.states} set={(states) => set({ states }, 'states')} />
      </section>
    </>
  );
}
