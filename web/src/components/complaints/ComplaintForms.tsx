import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import {
  type ComplaintLists,
  type ComplaintOption,
  type CustomerComplaints,
  type NewComplaint,
  openComplaint,
} from '@/api/complaints';
import { useMembers } from '@/api/queries';
import type { Id } from '@/api/types';
import { DateInput } from '@/components/DateInput';
import { Pick } from '@/components/Pick';
import { Refusal } from '@/components/Refusal';
import { words } from '@/lib/names';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';

export const wordOf = (lists: ComplaintLists, name: keyof ComplaintLists, key: string) =>
  words(lists[name].find((one) => one.key === key)) || key;

/** Options to choose from; a level says how long it may take. */
export const choicesOf = (options: readonly ComplaintOption[]) =>
  options
    .filter((one) => !one.retired)
    .map((one) => ({
      value: one.key,
      label: one.workhours
        ? t('complaints.level_hours', { level: words(one), n: one.workhours })
        : words(one),
    }));

function Frame({
  act,
  ready,
  send,
  children,
}: {
  act: string;
  ready: boolean;
  send: () => Promise<void>;
  children: ReactNode;
}) {
  const { busy, failure, submit } = useSubmit(send);
  return (
    <form
      className="own-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      <Refusal failure={failure} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
        {act}
      </Button>
    </form>
  );
}

function Text({
  value,
  hint,
  most,
  set,
}: {
  value: string;
  hint: string;
  most: number;
  set: (text: string) => void;
}) {
  return (
    <Input.TextArea
      autoFocus
      autoSize={{ minRows: 2, maxRows: 8 }}
      maxLength={most}
      value={value}
      aria-label={hint}
      placeholder={hint}
      onChange={(event) => set(event.target.value)}
    />
  );
}

/** One text and a button: a step, a result. */
export function TextForm({
  hint,
  act,
  send,
}: {
  hint: string;
  act: string;
  send: (text: string) => Promise<void>;
}) {
  const [text, setText] = useState('');
  return (
    <Frame act={act} ready={Boolean(text.trim())} send={() => send(text.trim())}>
      <Text value={text} hint={hint} most={1000} set={setText} />
    </Frame>
  );
}

/** What the customer said of the result, and when. */
export function WordForm({
  yes,
  send,
}: {
  yes: boolean;
  send: (words: string, on: string | null) => Promise<void>;
}) {
  const [text, setText] = useState('');
  const [on, setOn] = useState('');
  return (
    <Frame
      act={t(yes ? 'complaints.yes' : 'complaints.no')}
      ready={Boolean(text.trim())}
      send={() => send(text.trim(), on || null)}
    >
      <Text
        value={text}
        hint={t(yes ? 'complaints.yes_hint' : 'complaints.no_hint')}
        most={500}
        set={setText}
      />
      <DateInput label={t('complaints.on')} value={on} onChange={(day) => setOn(day ?? '')} />
    </Frame>
  );
}

/** One choice and a button: a level, a colleague. */
export function PickForm({
  label,
  act,
  choices,
  send,
}: {
  label: string;
  act: string;
  choices: { value: string; label: string; note?: string }[];
  send: (value: string) => Promise<void>;
}) {
  const [value, setValue] = useState<string | null>(null);
  return (
    <Frame act={act} ready={value !== null} send={() => send(value ?? '')}>
      <Pick label={label} placeholder={label} value={value} choices={choices} onChange={setValue} />
    </Frame>
  );
}

export function PassForm({ owner, send }: { owner: Id | undefined; send: (id: Id) => Promise<void> }) {
  const members = useMembers();
  const choices = (members.data?.items ?? [])
    .filter((one) => one.active && one.id !== owner)
    .map((one) => ({ value: String(one.id), label: one.name, note: one.spelling.join(' ') }));
  return (
    <PickForm
      label={t('complaints.pass_who')}
      act={t('complaints.pass')}
      choices={choices}
      send={(value) => send(Number(value))}
    />
  );
}

/** A new complaint: what kind, how grave, how it came, from whom, in the customer's words. */
export function NewForm({
  customerId,
  page,
  done,
}: {
  customerId: Id;
  page: CustomerComplaints;
  done: () => void;
}) {
  const [body, setBody] = useState<NewComplaint>({
    kind: '',
    level: 'ordinary',
    source: '',
    contact_id: null,
    text: '',
  });
  const set = (change: Partial<NewComplaint>) => setBody({ ...body, ...change });
  const pick = (slug: 'kind' | 'level' | 'source', options: readonly ComplaintOption[]) => (
    <Pick
      label={t(`complaints.${slug}`)}
      placeholder={t(`complaints.${slug}`)}
      value={body[slug] || null}
      choices={choicesOf(options)}
      onChange={(key) => set({ [slug]: key ?? '' })}
    />
  );
  return (
    <Frame
      act={t('complaints.save')}
      ready={Boolean(body.text.trim() && body.kind && body.level)}
      send={() => openComplaint(customerId, { ...body, text: body.text.trim() }).then(done)}
    >
      <Text value={body.text} hint={t('complaints.text_hint')} most={1000} set={(text) => set({ text })} />
      <div className="complaint-picks">
        {pick('kind', page.options.complaint_kind)}
        {pick('level', page.options.complaint_level)}
        {pick('source', page.options.complaint_source)}
        {page.contacts.length ? (
          <Pick
            label={t('complaints.contact')}
            placeholder={t('complaints.contact')}
            value={body.contact_id === null ? null : String(body.contact_id)}
            choices={page.contacts.map((one) => ({ value: String(one.id), label: one.name }))}
            onChange={(id) => set({ contact_id: id === null ? null : Number(id) })}
          />
        ) : null}
      </div>
    </Frame>
  );
}
