import { Input, Radio } from 'antd';
import { useState } from 'react';
import { type ApprovalRequest, requestVerbs, useApprovers } from '@/api/approval-requests';
import { AskedFigures } from '@/components/approvals/AskedFigures';
import { FormModal } from '@/components/FormModal';
import { Pick } from '@/components/Pick';
import { type Key, t } from '@/locales';

export type Doing = 'refuse' | 'sendBack' | 'sign' | 'delegate' | 'again';
const WORDS: Record<Doing, [Key, Key]> = {
  refuse: ['approvals.refuse', 'approvals.refused'],
  sendBack: ['approvals.send_back', 'approvals.sent_back'],
  sign: ['approvals.sign', 'approvals.signed'],
  delegate: ['approvals.delegate', 'approvals.delegated'],
  again: ['approvals.again', 'approvals.asked_again'],
};

/** The name of a step by its place, for choosing where it goes back to. */
function placeOf(one: ApprovalRequest, position: number): string {
  const stage = one.steps.filter((step) => step.position === position);
  const names = stage.flatMap((step) => (step.member ? [step.member.name] : [])).join('、');
  return [stage[0]?.name, names].filter(Boolean).join(' · ');
}

/** What a verdict other than yes needs: a reason, a colleague, a place, other figures. */
export function Deed({
  one,
  doing,
  note,
  close,
  done,
}: {
  one: ApprovalRequest;
  doing: Doing;
  note: string;
  close: () => void;
  done: (said: string) => void;
}) {
  const picks = doing === 'sign' || doing === 'delegate';
  const people = useApprovers(picks).data?.items ?? [];
  const [why, setWhy] = useState(doing === 'again' ? (one.request.text ?? '') : note);
  const [who, setWho] = useState<string | null>(null);
  const [before, setBefore] = useState(true);
  const [position, setPosition] = useState(0);
  const [asked, setAsked] = useState(one.request);
  const [title, said] = WORDS[doing];
  const free = doing === 'sign' || doing === 'delegate';
  const body = () => {
    if (doing === 'again') return { ...asked, text: why };
    if (doing === 'sendBack') return { why, position };
    if (doing === 'sign') return { why, member_id: Number(who), before };
    return doing === 'delegate' ? { why, member_id: Number(who) } : { why };
  };
  return (
    <FormModal
      title={t(title)}
      save={t(title)}
      danger={doing === 'refuse'}
      className="own-form"
      ready={(free || Boolean(why.trim())) && (!picks || who !== null)}
      close={close}
      run={async () => {
        await requestVerbs[doing](one.id, body());
        done(t(said));
      }}
    >
      {doing === 'sendBack' && one.can.back_to.length ? (
        <Radio.Group value={position} onChange={(event) => setPosition(event.target.value)}>
          <Radio value={0}>{t('approvals.to_asker', { name: one.asker.name })}</Radio>
          {one.can.back_to.map((place) => (
            <Radio key={place} value={place}>
              {placeOf(one, place)}
            </Radio>
          ))}
        </Radio.Group>
      ) : null}
      {picks ? (
        <Pick
          label={t('approvals.who')}
          placeholder={t('approvals.who')}
          value={who}
          choices={people
            .filter((each) => each.id !== one.asker.id)
            .map((each) => ({ value: String(each.id), label: each.name }))}
          onChange={setWho}
        />
      ) : null}
      {doing === 'sign' ? (
        <Radio.Group value={before} onChange={(event) => setBefore(event.target.value)}>
          <Radio value={true}>{t('approvals.before_me')}</Radio>
          <Radio value={false}>{t('approvals.after_me')}</Radio>
        </Radio.Group>
      ) : null}
      {doing === 'again' ? (
        <AskedFigures
          fields={(['percent', 'amount', 'days'] as const).filter((name) => one.request[name] !== undefined)}
          value={asked}
          set={setAsked}
        />
      ) : null}
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={doing === 'again' ? 1000 : 500}
        value={why}
        aria-label={t(free ? 'approvals.why_free' : 'approvals.why')}
        placeholder={t(free ? 'approvals.why_free' : 'approvals.why')}
        onChange={(event) => setWhy(event.target.value)}
      />
    </FormModal>
  );
}
