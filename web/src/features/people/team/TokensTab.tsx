import { Button, Checkbox, Drawer } from 'antd';
import { useState } from 'react';
import { api } from '@/api/client';
import { refreshTeam, type TeamToken, useTeamTokens } from '@/api/team';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Sure } from '@/components/Sure';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { formatAgo, formatDay } from '@/lib/time';
import { t } from '@/locales';

/** A token can lose rights here, never gain any. */
function Narrow({ token, close }: { token: TeamToken; close: () => void }) {
  const phone = usePhone();
  const [kept, setKept] = useState<string[]>(token.verbs.map((one) => one.name));
  const save = async () => {
    try {
      await api.patch(`/team/tokens/${token.id}`, { verbs: kept });
      say(t('common.saved'));
      refreshTeam();
      close();
    } catch (failure) {
      sayFailure(failure);
    }
  };
  return (
    <Drawer
      open
      title={t('team.narrow_title', { name: token.name })}
      onClose={close}
      size={phone ? '100%' : 480}
      footer={
        <div className="team-foot">
          <Button
            type="primary"
            disabled={!kept.length || kept.length === token.verbs.length}
            onClick={() => void save()}
          >
            {t('team.narrow_do', { n: token.verbs.length - kept.length })}
          </Button>
          <Button onClick={close}>{t('common.cancel')}</Button>
        </div>
      }
    >
      <p className="second">{t('team.narrow_hint')}</p>
      <Checkbox.Group
        className="team-checks"
        value={kept}
        onChange={(next) => setKept(next as string[])}
        options={token.verbs.map((one) => ({ value: one.name, label: words(one) }))}
      />
    </Drawer>
  );
}

/** The API tokens of the whole team. */
export function TokensTab() {
  const query = useTeamTokens();
  const [narrowing, setNarrowing] = useState<TeamToken | null>(null);
  if (query.error) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={4} height={64} />;
  if (!query.data.length) return <EmptyState title={t('team.tokens_none')} hint={t('team.tokens_hint')} />;
  const revoke = async (token: TeamToken) => {
    try {
      await api.delete(`/team/tokens/${token.id}`);
      say(t('team.token_revoked', { name: token.name }));
      refreshTeam();
    } catch (failure) {
      sayFailure(failure);
    }
  };
  const what = (token: TeamToken) => {
    const few = token.verbs.slice(0, 3).map(words).join(t('common.list'));
    return token.verbs.length > 3 ? t('team.token_verbs', { few, n: token.verbs.length }) : few;
  };
  return (
    <>
      <ul className="sheet team-table">
        {query.data.map((token) => (
          <li className="team-row" key={token.id}>
            <span className="team-words">
              <b className="cut">{token.name}</b>
              <span className="meta cut">
                {token.member.name} · {token.prefix}…
              </span>
            </span>
            <span className="team-cell cut second">{what(token)}</span>
            <span className="team-cell meta">
              {token.used_at
                ? t('team.token_used', { when: formatAgo(token.used_at) })
                : t('team.token_unused')}
              {token.expires_at
                ? ` · ${t('people.token_expires', { when: formatDay(token.expires_at) })}`
                : ''}
            </span>
            <span className="team-end">
              {token.verbs.length > 1 ? (
                <button type="button" className="act" onClick={() => setNarrowing(token)}>
                  {t('team.narrow')}
                </button>
              ) : null}
              <Sure className="act verm" what={t('team.revoke')} run={() => void revoke(token)} />
            </span>
          </li>
        ))}
      </ul>
      {narrowing ? <Narrow token={narrowing} key={narrowing.id} close={() => setNarrowing(null)} /> : null}
    </>
  );
}
