import { Input, InputNumber, Select, Switch } from 'antd';
import { type ReactNode, useState } from 'react';
import {
  refreshSurveys,
  type Survey,
  type SurveyBody,
  type Surveys,
  saveSurvey,
  saveSurveySettings,
} from '@/api/surveys';
import { FormModal } from '@/components/FormModal';
import { say } from '@/lib/notify';
import { t } from '@/locales';

const BLANK: SurveyBody = {
  title: '',
  question: '',
  choice_question: '',
  choices: [],
  about: '',
  every_months: null,
  active: true,
};

function Line({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <label className="survey-line">
      <span>{label}</span>
      {children}
      {hint ? <span className="meta">{hint}</span> : null}
    </label>
  );
}

/** One survey: the question to score, and if one likes another with choices. */
export function SurveyDialog({ one, close }: { one: Survey | null; close: () => void }) {
  const [body, setBody] = useState<SurveyBody>(() => {
    if (!one) return BLANK;
    const { id: _id, version: _version, ...rest } = one;
    return rest;
  });
  const set = (change: Partial<SurveyBody>) => setBody({ ...body, ...change });
  const text = (slug: 'title' | 'question' | 'choice_question' | 'about', most: number, hint?: string) => (
    <Line label={t(`surveys.f_${slug}`)} hint={hint}>
      <Input value={body[slug]} maxLength={most} onChange={(event) => set({ [slug]: event.target.value })} />
    </Line>
  );
  return (
    <FormModal
      className="survey-form"
      title={t(one ? 'surveys.edit' : 'surveys.new')}
      width={520}
      ready={Boolean(body.title.trim() && body.question.trim())}
      close={close}
      run={async () => {
        await saveSurvey(one, body);
        say(t('surveys.saved'));
        refreshSurveys();
        close();
      }}
    >
      {text('title', 60, t('surveys.f_title_hint'))}
      {text('question', 200, t('surveys.f_question_hint'))}
      {text('choice_question', 200)}
      <Line label={t('surveys.f_choices')} hint={t('surveys.f_choices_hint')}>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          value={body.choices}
          onChange={(choices) => set({ choices })}
        />
      </Line>
      {text('about', 60, t('surveys.f_about_hint'))}
      <Line label={t('surveys.f_every')} hint={t('surveys.f_every_hint')}>
        <InputNumber
          min={1}
          max={36}
          precision={0}
          value={body.every_months}
          onChange={(every_months) => set({ every_months })}
        />
      </Line>
      <Line label={t('surveys.f_active')}>
        <Switch checked={body.active} onChange={(active) => set({ active })} />
      </Line>
    </FormModal>
  );
}

/** How long a link stays open, and which score opens a complaint. */
export function SettingsDialog({ settings, close }: { settings: Surveys['settings']; close: () => void }) {
  const [body, setBody] = useState(settings);
  return (
    <FormModal
      className="survey-form"
      title={t('surveys.settings')}
      ready
      close={close}
      run={async () => {
        await saveSurveySettings(body);
        say(t('surveys.saved'));
        refreshSurveys();
        close();
      }}
    >
      <Line label={t('surveys.days')}>
        <InputNumber
          min={1}
          max={90}
          precision={0}
          value={body.days}
          onChange={(days) => setBody({ ...body, days: days ?? settings.days })}
        />
      </Line>
      <Line label={t('surveys.low')} hint={t('surveys.low_hint')}>
        <InputNumber
          min={0}
          max={4}
          precision={0}
          value={body.low}
          onChange={(low) => setBody({ ...body, low: low ?? settings.low })}
        />
      </Line>
    </FormModal>
  );
}
