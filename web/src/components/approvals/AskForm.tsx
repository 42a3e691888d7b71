import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import {
  type Asked,
  askApproval,
  type Purpose,
  refreshRequests,
  type Sample,
  sampleApproval,
} from '@/api/approval-requests';
import type { Id } from '@/api/types';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { AskedFigures } from './AskedFigures';
import { ChainView } from './ChainView';
import '@/components/ownership/ownership.css';

/** So long after the last stroke it is asked who would decide. */
const PAUSE = 400;

function useSample(customerId: Id, purpose: string | null, asked: Asked): Sample | null {
  const [found, setFound] = useState<Sample | null>(null);
  const { amount, percent, days } = asked;
  useEffect(() => {
    if (!purpose) return;
    let late = false;
    const wait = setTimeout(() => {
      const body = { subject_id: customerId, purpose, amount, percent, days };
      sampleApproval(body).then(
        (one) => late || setFound(one),
        () => late || setFound(null),
      );
    }, PAUSE);
    return () => {
      late = true;
      clearTimeout(wait);
    };
  }, [customerId, purpose, amount, percent, days]);
  return purpose ? found : null;
}

/** Asks for a yes about a customer: for what, the figures of it, in which words, and who would be asked. */
export function AskForm({
  customerId,
  purposes,
  fixed = false,
  done,
}: {
  customerId: Id;
  purposes: Purpose[];
  /** There is one purpose, and it is said already. */
  fixed?: boolean;
  done: () => void;
}) {
  const [purpose, setPurpose] = useState<string | null>(
    purposes.length === 1 ? (purposes[0]?.key ?? null) : null,
  );
  const [asked, setAsked] = useState<Asked>({});
  const [text, setText] = useState('');
  const sample = useSample(customerId, purpose, asked);
  const fields = purposes.find((one) => one.key === purpose)?.fields ?? [];
  const { busy, failure, submit } = useSubmit(async () => {
    const { state } = await askApproval({
      subject_type: 'customer',
      subject_id: customerId,
      purpose: purpose ?? '',
      ...asked,
      text,
    });
    say(t(state === 'passed' ? 'approvals.no_need' : 'approvals.sent'));
    refreshRequests();
    done();
  });
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {fixed ? null : (
        <Pick
          label={t('approvals.purpose')}
          placeholder={t('approvals.purpose')}
          value={purpose}
          choices={purposes.map((one) => ({ value: one.key, label: words(one) }))}
          onChange={setPurpose}
        />
      )}
      <AskedFigures fields={fields} value={asked} set={setAsked} />
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={1000}
        value={text}
        aria-label={t('approvals.text')}
        placeholder={t('approvals.text')}
        onChange={(event) => setText(event.target.value)}
      />
      {sample?.applies && sample.steps.length ? (
        <div>
          <p className="meta">{t('approvals.will_ask', { name: sample.flow })}</p>
          <ChainView steps={sample.steps} />
        </div>
      ) : null}
      {sample && !sample.applies ? <p className="meta">{t('approvals.none_needed')}</p> : null}
      <Refusal failure={failure} />
      <Button
        type="primary"
        htmlType="submit"
        loading={busy}
        disabled={!purpose || !text.trim() || fields.some((name) => asked[name] === undefined)}
      >
        {t('approvals.ask')}
      </Button>
    </form>
  );
}
