import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/api/client';
import { queryClient } from '@/api/queries';
import type { ApiToken, Body } from '@/api/types';
import { useMe } from '@/app/session';
import { Sure } from '@/components/Sure';
import { sayFailure } from '@/lib/notify';
import { formatDay } from '@/lib/time';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { CopyLine } from './CopyLine';
import { FormRow } from './FormRow';
import { Section } from './Section';

const KEY = ['tokens'];
const DAYS = 180;

/** Tokens for scripts; the secret is shown once. */
export function Tokens() {
  const { verbs } = useMe();
  const tokens = useQuery({
    queryKey: KEY,
    queryFn: async () => {
      const read = await api.get<ApiToken[] | { items: ApiToken[] }>('/tokens');
      return Array.isArray(read) ? read : read.items;
    },
  });
  const [name, setName] = useState('');
  const [made, setMade] = useState<string | null>(null);
  const { busy, submit, sentence } = useSubmit(async () => {
    const expires = new Date(Date.now() + DAYS * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
    const body: Body<'TokenIn'> = { name: name.trim(), verbs, expires_at: expires };
    setMade((await api.post<ApiToken>('/tokens', body)).token ?? null);
    setName('');
    void queryClient.invalidateQueries({ queryKey: KEY });
  });
  const remove = async (id: number) => {
    try {
      await api.delete(`/tokens/${id}`);
    } catch (failure) {
      sayFailure(failure);
    }
    void queryClient.invalidateQueries({ queryKey: KEY });
  };
  if (tokens.error) return null;
  return (
    <Section title={t('people.tokens')} note={t('people.tokens_hint')}>
      <ul className="me-members">
        {(tokens.data ?? []).map((one) => (
          <li key={one.id}>
            <span>
              {one.name}
              <span className="meta">
                {one.expires_at ? t('people.token_expires', { when: formatDay(one.expires_at) }) : ''}
              </span>
            </span>
            <Sure
              className="icon-act"
              what={t('common.delete')}
              of={one.name}
              run={() => void remove(one.id)}
            >
              <Trash2 size={16} strokeWidth={1.6} />
            </Sure>
          </li>
        ))}
        {tokens.data?.length === 0 ? <li className="second">{t('people.token_empty')}</li> : null}
      </ul>
      <form
        className="me-line"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormRow label={t('people.token_name')} error={sentence}>
          <Input value={name} onChange={(event) => setName(event.target.value)} />
        </FormRow>
        <Button htmlType="submit" loading={busy} disabled={!name.trim()}>
          {t('people.token_create')}
        </Button>
      </form>
      {made ? <CopyLine what={t('people.token_once')} text={made} /> : null}
    </Section>
  );
}
