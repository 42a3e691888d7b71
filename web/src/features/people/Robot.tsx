import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { api } from '@/api/client';
import { queryClient } from '@/api/queries';
import type { Body, Words } from '@/api/types';
import { useMe } from '@/app/session';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { FormRow } from './FormRow';
import { Section } from './Section';

type Kind = 'wecom' | 'dingtalk' | 'feishu';
interface RobotState {
  kind: Kind | null;
  url: string;
  /** Whether one is stored; it never comes back. */
  secret: boolean;
  enabled: boolean;
  fault: Words | null;
}
interface Draft {
  kind: Kind;
  url: string;
  secret: string;
  enabled: boolean;
}

/** The group robot of one's own department; address and secret come back masked. */
export function Robot() {
  const { member } = useMe();
  const department = member.department?.id;
  const key = ['robot', department];
  const robot = useQuery({
    queryKey: key,
    queryFn: () => api.get<RobotState>(`/departments/${department}/robot`),
    enabled: department !== undefined,
  });
  const [draft, setDraft] = useState<Partial<Draft>>({});
  const kept = robot.data;
  const shown: Draft = {
    kind: draft.kind ?? kept?.kind ?? 'wecom',
    url: draft.url ?? kept?.url ?? '',
    secret: draft.secret ?? '',
    enabled: draft.enabled ?? kept?.enabled ?? false,
  };
  const save = useSubmit(async () => {
    const body: Body<'RobotIn'> = { kind: shown.kind, enabled: shown.enabled };
    if (draft.url !== undefined) body.url = shown.url.trim();
    if (draft.secret) body.secret = draft.secret.trim();
    await api.put(`/departments/${department}/robot`, body);
    setDraft({});
    await queryClient.invalidateQueries({ queryKey: key });
    say(t('common.saved'));
  });
  const test = useSubmit(async () => {
    const result = await api.post<{ ok: boolean; fault: Words | null }>(
      `/departments/${department}/robot/test`,
    );
    if (result.ok) say(t('people.robot_tested'));
    else say(words(result.fault) || t('people.robot_failed'), 'error');
  });
  if (department === undefined || robot.error) return null;
  return (
    <Section id="robot" title={t('people.robot')} note={t('people.robot_hint')}>
      <form
        className="me-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save.submit();
        }}
      >
        <FormRow label={t('people.robot_kind')}>
          <Select
            value={shown.kind}
            onChange={(kind) => setDraft({ ...draft, kind })}
            options={[
              { value: 'wecom', label: t('people.robot_wecom') },
              { value: 'dingtalk', label: t('people.robot_dingtalk') },
              { value: 'feishu', label: t('people.robot_feishu') },
            ]}
          />
        </FormRow>
        <FormRow label={t('people.robot_url')}>
          <Input
            value={shown.url}
            inputMode="url"
            onChange={(event) => setDraft({ ...draft, url: event.target.value })}
          />
        </FormRow>
        {shown.kind === 'wecom' ? null : (
          <FormRow label={t('people.robot_secret')}>
            <Input.Password
              value={shown.secret}
              placeholder={kept?.secret ? t('people.robot_secret_kept') : undefined}
              autoComplete="off"
              onChange={(event) => setDraft({ ...draft, secret: event.target.value })}
            />
          </FormRow>
        )}
        <span className="me-switch">
          <Switch
            checked={shown.enabled}
            aria-label={t('people.robot_enabled')}
            onChange={(enabled) => setDraft({ ...draft, enabled })}
          />
          {t('people.robot_enabled')}
        </span>
        {kept?.fault && !save.sentence ? <p className="row-error">{words(kept.fault)}</p> : null}
        {save.sentence || test.sentence ? (
          <p className="row-error">{save.sentence ?? test.sentence}</p>
        ) : null}
        <div className="me-buttons">
          <Button htmlType="submit" loading={save.busy} disabled={!shown.url.trim()}>
            {t('common.save')}
          </Button>
          <Button loading={test.busy} disabled={!robot.data?.url} onClick={() => void test.submit()}>
            {t('people.robot_test')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
