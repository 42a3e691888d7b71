import { Input } from 'antd';
import { useState } from 'react';
import type { Finding } from '@/api/check';
import { type StandardBody, type Texts, useTried } from '@/api/standard';
import { Refusal } from '@/components/Refusal';
import { words } from '@/lib/names';
import { useSettled } from '@/lib/settled';
import { type Key, t } from '@/locales';
import { severity } from './Rules';

const EMPTY: Texts = { summary: '', feedback: '', next_step: '' };
const CELLS: [keyof Texts, Key][] = [
  ['summary', 'standard.summary'],
  ['feedback', 'standard.feedback'],
  ['next_step', 'standard.next_step'],
];
const alike = (one: Finding, other: Finding) => one.rule === other.rule && one.field === other.field;

/** One finding, and what the draft changes in it. */
function Said({ one, was, sign }: { one: Finding; was?: Finding; sign: Key | null }) {
  const moved = was && was.severity !== one.severity ? `${severity(was.severity)} → ` : '';
  return (
    <li className={sign === 'standard.gone' ? 'st-found st-gone' : 'st-found'}>
      <span className={`st-dot st-${one.severity}`} aria-hidden="true" />
      <span>
        {sign ? <b className="st-sign">{t(sign)} </b> : null}
        <span className="st-said">{words(one.message)}</span>
        <span className="meta">
          {' '}
          · {moved}
          {severity(one.severity)}
        </span>
      </span>
    </li>
  );
}

/** 试一试: what the draft says of a text, and what the standard in force does not say or says more. */
export function Try({ body }: { body: StandardBody }) {
  const [texts, setTexts] = useState(EMPTY);
  const asked = useSettled(texts);
  const draft = useSettled(body);
  const { data, error } = useTried(draft, asked);
  const blank = !Object.values(asked).some((text) => text.trim());
  const gone = data?.now.filter((one) => !data.draft.some((other) => alike(one, other))) ?? [];
  return (
    <section className="sheet st-try" aria-label={t('standard.try')}>
      <h2>{t('standard.try')}</h2>
      {CELLS.map(([cell, label]) => (
        <label className="st-cell" key={cell}>
          <span className="second">{t(label)}</span>
          <Input.TextArea
            autoSize={{ minRows: cell === 'summary' ? 3 : 2, maxRows: 8 }}
            maxLength={2000}
            value={texts[cell]}
            placeholder={t(`standard.${cell}_hint` as Key)}
            onChange={(event) => setTexts({ ...texts, [cell]: event.target.value })}
          />
        </label>
      ))}
      <Refusal failure={error} />
      <div aria-live="polite">
        {blank ? <p className="meta">{t('standard.try_hint')}</p> : null}
        {!blank && data && !data.draft.length && !gone.length ? (
          <p className="second">{t('standard.try_clean')}</p>
        ) : null}
        {!blank && data ? (
          <ul className="st-findings">
            {data.draft.map((one) => {
              const was = data.now.find((other) => alike(one, other));
              return (
                <Said
                  key={`${one.rule} ${one.field}`}
                  one={one}
                  was={was}
                  sign={was ? null : 'standard.new'}
                />
              );
            })}
            {gone.map((one) => (
              <Said key={`gone ${one.rule} ${one.field}`} one={one} sign="standard.gone" />
            ))}
          </ul>
        ) : null}
      </div>
    </section>
  );
}
