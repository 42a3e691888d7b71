import { Button } from 'antd';
import { useState } from 'react';
import { type StandardPage, useStandard } from '@/api/standard';
import { useCan } from '@/app/session';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { setMeaning, setRule, setThreshold, setWords } from './draft';
import { History } from './History';
import { ImpactDrawer } from './Impact';
import { Limits } from './Limits';
import { Glossary, WordLists } from './Lists';
import { Rules } from './Rules';
import { Try } from './Try';
import { useDraft } from './use-standard';
import './standard.css';

function inForce({ version, published }: StandardPage): string {
  if (!version || !published) return t('standard.untouched');
  const by = [published.by?.name ?? '', formatWhen(published.at)].filter(Boolean).join(' · ');
  return `${t('standard.version', { n: version })} · ${by}`;
}

function Page({ page }: { page: StandardPage }) {
  const { body, changes, busy, refused, change, drop, publish, back } = useDraft(page);
  const [looking, setLooking] = useState(false);
  const mayBack = useCan('standard.roll_back');
  return (
    <div className="st">
      <div className="st-tools">
        <p className="second">
          {t('standard.lead')} <span className="meta">{inForce(page)}</span>
        </p>
        {changes ? <Button onClick={drop}>{t('standard.drop')}</Button> : null}
        <Button type="primary" disabled={!changes || busy} onClick={() => setLooking(true)}>
          {changes ? t('standard.look_n', { n: changes }) : t('standard.look')}
        </Button>
      </div>
      {refused ? (
        <p className="verm st-refused" role="alert">
          {refused}
        </p>
      ) : null}
      <div className="st-body">
        <div className="st-main">
          <h2>{t('standard.rules')}</h2>
          <p className="second">{t('standard.rules_lead')}</p>
          <Rules
            rows={page.rules.filter((row) => row.key !== 'missing-required')}
            said={body.rules}
            set={(row, said) => change(setRule(body, 'rules', row, said))}
          />
          <h2>{t('standard.required')}</h2>
          <p className="second">{t('standard.required_lead')}</p>
          <Rules
            rows={page.required}
            said={body.required}
            set={(row, said) => change(setRule(body, 'required', row, said))}
          />
          <h2>{t('standard.limits')}</h2>
          <Limits
            rows={page.thresholds}
            said={body.thresholds}
            set={(row, value) => change(setThreshold(body, row.key, value, row.usual))}
          />
          <h2>{t('standard.words')}</h2>
          <p className="second">{t('standard.words_lead')}</p>
          <WordLists
            rows={page.lists}
            said={body.words}
            set={(row, said) => change(setWords(body, row.key, said))}
          />
          <h2>{t('standard.terms')}</h2>
          <p className="second">{t('standard.terms_lead')}</p>
          <Glossary
            usual={page.glossary}
            said={body.glossary}
            set={(word, meaning) => change(setMeaning(body, word, meaning))}
          />
          <h2>{t('standard.versions')}</h2>
          <History back={mayBack && !changes && !busy ? (to) => void back(to) : null} />
        </div>
        <Try body={body} />
      </div>
      {looking ? (
        <ImpactDrawer
          body={body}
          version={page.version}
          busy={busy}
          publish={(why) => void publish(why).then(() => setLooking(false))}
          close={() => setLooking(false)}
        />
      ) : null}
    </div>
  );
}

/** 跟进标准: what a good record is here, tried on a text and on the last 90 days before it holds. */
export function StandardTab() {
  const { data, error, refetch } = useStandard();
  if (error && !data) return <ErrorState failure={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={8} height={56} />;
  return <Page page={data} key={data.version} />;
}
