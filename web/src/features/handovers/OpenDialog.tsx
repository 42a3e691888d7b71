import { Checkbox, Input, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { newKey } from '@/api/client';
import { openHandover, refreshHandovers, useChoices, useHeldBy } from '@/api/handovers';
import { useMe } from '@/app/session';
import { DateInput } from '@/components/DateInput';
import { FormModal } from '@/components/FormModal';
import { Pick } from '@/components/Pick';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';

const MOST = 200;

/** Which of the giver's customers. */
function Chosen({ giver, ids, set }: { giver: number; ids: number[]; set: (ids: number[]) => void }) {
  const { label } = useLabels();
  const [q, setQ] = useState('');
  const query = useHeldBy(giver, q);
  const rows = query.data?.items ?? [];
  const all = rows.length > 0 && rows.every((row) => ids.includes(row.id));
  const toggle = (id: number, on: boolean) => set(on ? [...ids, id] : ids.filter((one) => one !== id));
  return (
    <div className="handover-choose">
      <div className="handover-find">
        <Input
          value={q}
          allowClear
          placeholder={t('handovers.search')}
          aria-label={t('handovers.search')}
          onChange={(event) => setQ(event.target.value)}
        />
        <Checkbox
          checked={all}
          disabled={!rows.length}
          onChange={(event) => {
            const here = rows.map((row) => row.id);
            const rest = ids.filter((id) => !here.includes(id));
            set(event.target.checked ? [...rest, ...here] : rest);
          }}
        >
          {t('handovers.pick_all')}
        </Checkbox>
      </div>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <Checkbox
              checked={ids.includes(row.id)}
              onChange={(event) => toggle(row.id, event.target.checked)}
            >
              {row.name}{' '}
              <span className="meta">
                {[label('intent_class', row.intent_class), label('stage', row.stage)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </Checkbox>
          </li>
        ))}
        {query.data && !rows.length ? <li className="second">{t('handovers.none_held')}</li> : null}
      </ul>
      <p className="meta">
        {t('handovers.chosen', { n: ids.length })}
        {query.data?.next || rows.length >= MOST ? ` · ${t('handovers.more_held')}` : ''}
      </p>
    </div>
  );
}

/** 发起交接: from whom, what, to whom, from when; then it is checked. */
export function OpenDialog({ ids, close }: { ids: number[]; close: () => void }) {
  const navigate = useNavigate();
  const me = useMe().member.id;
  const choices = useChoices().data;
  const [key] = useState(newKey);
  const [giver, setGiver] = useState<number | null>(null);
  const [every, setEvery] = useState(false);
  const [leave, setLeave] = useState(false);
  const [chosen, setChosen] = useState<number[]>(ids);
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [day, setDay] = useState<string | null>(null);
  const whose = giver ?? me;
  const givers = (choices?.givers ?? []).filter((one) => one.id !== me);
  const fixed = ids.length > 0;
  const run = async () => {
    const made = await openHandover(
      {
        giver_id: giver,
        customer_ids: every ? [] : chosen,
        everything: every,
        leave: every && leave && giver !== null,
        to_member_id: Number(to),
        reason: reason.trim(),
        effective_on: day,
      },
      key,
    );
    refreshHandovers();
    navigate(`/handovers/${made.id}`);
  };
  return (
    <FormModal
      title={t('handovers.new_title')}
      save={t('handovers.create')}
      ready={to !== null && (every || chosen.length > 0)}
      run={run}
      close={close}
      width={560}
      className="handover-form"
    >
      {fixed ? <p>{t('handovers.chosen', { n: chosen.length })}</p> : null}
      {givers.length && !fixed ? (
        <label htmlFor="handover-giver">
          <span className="second">{t('handovers.giver_label')}</span>
          <Pick
            id="handover-giver"
            label={t('handovers.giver_label')}
            clear={false}
            value={giver === null ? 'me' : String(giver)}
            choices={[
              { value: 'me', label: t('handovers.whose_me') },
              ...givers.map((one) => ({ value: String(one.id), label: one.name })),
            ]}
            onChange={(value) => {
              setGiver(value === 'me' || value === null ? null : Number(value));
              setChosen([]);
            }}
          />
        </label>
      ) : null}
      {fixed ? null : (
        <Radio.Group
          aria-label={t('handovers.which_label')}
          value={every}
          onChange={(event) => setEvery(event.target.value as boolean)}
        >
          <Radio value={false}>{t('handovers.which_some')}</Radio>
          <Radio value={true}>{t('handovers.which_every')}</Radio>
        </Radio.Group>
      )}
      {every || fixed ? null : <Chosen giver={whose} ids={chosen} set={setChosen} />}
      {every && giver !== null && choices?.leave ? (
        <Checkbox checked={leave} onChange={(event) => setLeave(event.target.checked)}>
          {t('handovers.leave')}
        </Checkbox>
      ) : null}
      <label htmlFor="handover-to">
        <span className="second">{t('handovers.to_label')}</span>
        <Pick
          id="handover-to"
          label={t('handovers.to_label')}
          value={to}
          choices={(choices?.receivers ?? [])
            .filter((one) => one.id !== whose)
            .map((one) => ({ value: String(one.id), label: one.name }))}
          onChange={setTo}
        />
      </label>
      <label>
        <span className="second">{t('handovers.reason_label')}</span>
        <Input
          value={reason}
          maxLength={300}
          placeholder={t('handovers.reason_hint')}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <label htmlFor="handover-day">
        <span className="second">{t('handovers.day_label')}</span>
        <DateInput id="handover-day" value={day ?? ''} onChange={setDay} label={t('handovers.day_label')} />
        <span className="meta">{t('handovers.day_hint')}</span>
      </label>
    </FormModal>
  );
}
