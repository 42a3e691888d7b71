import { Button, Input } from 'antd';
import { useState } from 'react';
import { addCare, type Birthday, type CareOfCustomer, refreshCare, useCareOf } from '@/api/care';
import type { Id } from '@/api/types';
import { CareRow, careChoices } from '@/components/care/CareRow';
import { DateInput } from '@/components/DateInput';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { dayFromNow, formatDay, now, wallOf } from '@/lib/time';
import { useAimed } from '@/lib/use-aimed';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import './care-card.css';

const two = (figure: number) => String(figure).padStart(2, '0');
function dayText(at: Date | string): string {
  const wall = wallOf(at);
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}`;
}

function Add({ id, page, done }: { id: Id; page: CareOfCustomer; done: () => void }) {
  const [kind, setKind] = useState<string | null>('return_visit');
  const [act, setAct] = useState('');
  const [on, setOn] = useState(dayText(dayFromNow(1)));
  const { busy, failure, submit } = useSubmit(async () => {
    const { warning } = await addCare(id, { kind: kind ?? '', act: act.trim(), text: '', due_on: on });
    say(warning ? words(warning) : t('care.added', { day: formatDay(on) }));
    refreshCare(id);
    done();
  });
  return (
    <form
      className="care-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Pick
        label={t('care.kind')}
        value={kind}
        clear={false}
        choices={careChoices(page.options.care_kind)}
        onChange={setKind}
      />
      <Input
        autoFocus
        maxLength={200}
        aria-label={t('care.act')}
        placeholder={t('care.act')}
        value={act}
        onChange={(event) => setAct(event.target.value)}
      />
      <DateInput label={t('care.day')} value={on} onChange={(day) => setOn(day ?? on)} />
      <Refusal failure={failure} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!act.trim() || !kind}>
        {t('care.add')}
      </Button>
    </form>
  );
}

/** When a birthday is kept next, and why on that day. */
function BirthdayLine({ one }: { one: Birthday }) {
  if (!one.on)
    return (
      <li>
        <b>{one.name}</b>{' '}
        <span className="amber">{t('care.unread', { text: one.text, lunar: '农历05-03' })}</span>
      </li>
    );
  const age = one.age ? t('care.age', { n: one.age }) : '';
  return (
    <li>
      <b>{one.name}</b> {words(one.words)}
      <span className="meta">
        {' '}
        {[one.lunar || one.note ? t('care.birthday_on', { day: formatDay(one.on) }) : '', age]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {one.note ? <p className="care-note">{words(one.note)}</p> : null}
    </li>
  );
}

/** 关怀 of a customer: ideas, what comes next, birthdays, what was done, communities. */
export function CareCard({ customerId }: { customerId: Id }) {
  const { data: page } = useCareOf(customerId);
  const [adding, setAdding] = useState(false);
  const [past, setPast] = useState(false);
  const aimed = useAimed('#care', page !== undefined);
  if (!page) return null;
  const empty = !page.items.length && !page.past.length && !page.birthdays.length && !page.communities.length;
  if (empty && !page.can.add) return null;
  const today = dayText(now());
  const row = (one: CareOfCustomer['items'][number]) => (
    <CareRow key={one.id} one={one} options={page.options} today={today} named={false} />
  );
  return (
    <section className="side-part" id="care" ref={aimed}>
      <header>
        <h2>{t('shell.care')}</h2>
        {page.can.add ? (
          <button type="button" className="act" aria-expanded={adding} onClick={() => setAdding(!adding)}>
            {t('care.add')}
          </button>
        ) : null}
      </header>
      {adding ? <Add id={customerId} page={page} done={() => setAdding(false)} /> : null}
      {page.items.length ? <ul>{page.items.map(row)}</ul> : null}
      {page.birthdays.length ? (
        <ul className="care-birthdays">
          {page.birthdays.map((one) => (
            <BirthdayLine key={one.contact_id} one={one} />
          ))}
        </ul>
      ) : null}
      {page.communities.length ? (
        <p className="second">
          {t('care.took_part', {
            names: page.communities
              .map((one) => (one.contact ? `${one.name}（${one.contact}）` : one.name))
              .join(t('common.list')),
          })}
        </p>
      ) : null}
      {page.past.length ? (
        <button type="button" className="act" aria-expanded={past} onClick={() => setPast(!past)}>
          {t('care.past', { n: page.past.length })}
        </button>
      ) : null}
      {past ? <ul>{page.past.map(row)}</ul> : null}
    </section>
  );
}
