import { Input, Modal } from 'antd';
import { CircleDashed } from 'lucide-react';
import { type CSSProperties, useState } from 'react';
import { ApiError, sentenceOf } from '@/api/client';
import { moveCustomer, type Wanted, wantedOf } from '@/api/process';
import type { Field } from '@/api/types';
import { GateRequest } from '@/components/approvals/GateRequest';
import { RecordForm, type Values } from '@/components/RecordForm';
import { usePhone } from '@/lib/media';
import type { MoveAsked } from '@/lib/move-asked';
import { shortFirm, words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { isBlank } from '@/lib/own';
import { t } from '@/locales';
import './process.css';

const WIDTH = 400;
/** A dialog is seldom higher than this; it stays in sight. */
const HEIGHT = 360;

/** Beside the card that was carried. */
function beside(card: DOMRect | null): CSSProperties | undefined {
  if (!card) return undefined;
  const left = Math.min(Math.max(12, card.left - 40), window.innerWidth - WIDTH - 12);
  const top = Math.min(Math.max(12, card.top + 24), Math.max(12, window.innerHeight - HEIGHT));
  return { position: 'fixed', left, top, margin: 0, paddingBottom: 0 };
}

/** What a gate still asks for: fields are filled in here, for the rest a reason or another day. */
export function MoveDialog({ asked }: { asked: MoveAsked }) {
  const { customer, to, near, end } = asked;
  const phone = usePhone();
  const labels = useLabels();
  const [wanted, setWanted] = useState<Wanted>(asked.wanted);
  const [values, setValues] = useState<Values>({});
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const fields = wanted.missing.flatMap(({ field }): Field[] => {
    const found = field ? labels.field('customer', field) : undefined;
    return found && !found.read_only ? [found] : [];
  });
  const asks = new Set(fields.map((field) => field.slug));
  const yeses = wanted.missing.filter((one) => one.purpose);
  const rest = wanted.missing.filter((one) => !one.purpose && (!one.field || !asks.has(one.field)));
  const filled = fields.every((field) => !isBlank(values[field.slug]));
  const ready = wanted.why
    ? Boolean(why.trim()) || (filled && fields.length > 0 && !rest.length && !yeses.length)
    : filled;

  const go = async () => {
    setBusy(true);
    setSaid('');
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)));
    try {
      await moveCustomer(customer.id, {
        version: customer.version,
        to: to.key,
        ...(why.trim() ? { why: why.trim() } : {}),
        ...(Object.keys(given).length ? { fields: given } : {}),
      });
      end(true);
      return;
    } catch (failure) {
      const more = wantedOf(failure);
      if (more) setWanted(more);
      if (failure instanceof ApiError && failure.field) setProblems({ [failure.field]: failure.message });
      setSaid(more ? more.sentence : sentenceOf(failure));
    }
    setBusy(false);
  };
  return (
    <Modal
      open
      title={t('process.move', { name: shortFirm(customer.name), to: words(to) })}
      okText={t('process.move_do', { to: words(to) })}
      cancelText={t('process.move_leave')}
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={() => void go()}
      onCancel={() => end(false)}
      width={WIDTH}
      style={phone ? undefined : beside(near)}
      mask={{ closable: false }}
    >
      {yeses.length ? (
        <div className="pm-yes">
          {yeses.map((one) => (
            <GateRequest key={one.purpose} customerId={customer.id} purpose={one.purpose ?? ''} what={one} />
          ))}
        </div>
      ) : null}
      <form
        className="pm"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) void go();
        }}
      >
        {wanted.missing.length ? (
          <p className="second">{t('process.missing', { n: wanted.missing.length })}</p>
        ) : null}
        {rest.length ? (
          <ul className="pm-missing">
            {rest.map((one) => (
              <li key={`${one.kind}${one.zh}`}>
                <CircleDashed size={14} strokeWidth={1.8} aria-hidden="true" />
                {words(one)}
              </li>
            ))}
          </ul>
        ) : null}
        {fields.length ? (
          <RecordForm
            fields={fields}
            values={values}
            problems={problems}
            onChange={(slug, value) => {
              setValues({ ...values, [slug]: value });
              setProblems({});
            }}
          />
        ) : null}
        {wanted.why ? (
          <label className="pm-why">
            <span className="second">{t(wanted.missing.length ? 'process.why_missing' : 'process.why')}</span>
            <Input.TextArea
              autoFocus={!fields.length}
              autoSize={{ minRows: 2, maxRows: 5 }}
              maxLength={300}
              value={why}
              onChange={(event) => setWhy(event.target.value)}
            />
          </label>
        ) : rest.length || yeses.length ? (
          <p className="meta">{t('process.first')}</p>
        ) : null}
        {said ? (
          <p className="verm" role="alert">
            {said}
          </p>
        ) : null}
      </form>
    </Modal>
  );
}
