import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { ChevronLeft, Eye, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import { type Effect, ROLES, type RoleWhole, refreshTeam, useCatalogue, useRole } from '@/api/team';
import { useCan } from '@/app/session';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Sure } from '@/components/Sure';
import { useHeld } from '@/lib/held';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useSettled } from '@/lib/settled';
import { NOTHING_LOST, useUnsaved } from '@/lib/unsaved';
import { t } from '@/locales';
import { FormRow } from '../FormRow';
import { RoleFields, RoleScopes, RoleVerbs } from './RoleParts';
import { changesOf, draftOf, type RoleDraft } from './role-draft';
import { ViewAs } from './ViewAs';

const isChanged = (role: RoleWhole, draft: RoleDraft) => Object.keys(changesOf(role, draft)).length > 0;

/** What the draft would mean for whom, asked again when it stands still. */
function useEffectOf(role: RoleWhole, draft: RoleDraft) {
  const { zh, en, ...rights } = changesOf(role, draft);
  const asked = useSettled(JSON.stringify(rights));
  return useQuery({
    queryKey: [...ROLES, role.id, 'preview', role.version, asked],
    queryFn: () => api.post<Effect>(`/roles/${role.id}/preview`, JSON.parse(asked)),
    enabled: asked !== '{}',
    retry: false,
    placeholderData: (old) => (asked === '{}' ? undefined : old),
  });
}

function Sheet({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="sheet role-part">
      <h2>{title}</h2>
      <p className="second">{note}</p>
      {children}
    </section>
  );
}

type Editing = ReturnType<typeof useHeld<RoleWhole, RoleDraft>>;

function SaveBar({ editing }: { editing: Editing }) {
  const { kept: role, draft, late, reset } = editing;
  const changes = changesOf(role, draft);
  const effect = useEffectOf(role, draft);
  const [busy, setBusy] = useState(false);
  if (!editing.dirty) return null;
  const only_name = !('verbs' in changes || 'scopes' in changes || 'fields' in changes);
  const save = async () => {
    setBusy(true);
    try {
      const saved = await api.patch<{ version: number }>(`/roles/${role.id}`, {
        version: role.version,
        ...changes,
      });
      editing.settled(saved.version);
      say(t('team.role_saved'));
    } catch (failure) {
      sayFailure(failure);
    }
    await refreshTeam();
    setBusy(false);
  };
  const refused = effect.error ? sentenceOf(effect.error) : '';
  return (
    <div className="role-bar" role="status">
      <p className={refused || late ? 'row-error' : undefined}>
        {(late && t('team.role_late')) ||
          refused ||
          (only_name ? t('team.role_only_name') : words(effect.data?.sentence)) ||
          '…'}
      </p>
      {late ? (
        <Button onClick={reset}>{t('team.role_read_again')}</Button>
      ) : (
        <Button type="primary" loading={busy} disabled={Boolean(refused)} onClick={() => void save()}>
          {t('common.save')}
        </Button>
      )}
      {late ? null : <Button onClick={reset}>{t('team.discard')}</Button>}
    </div>
  );
}

function Editor({ latest }: { latest: RoleWhole }) {
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  const removes = useCan('role.remove');
  const views = useCan('role.view_as');
  const [viewing, setViewing] = useState(false);
  const editing = useHeld(latest, draftOf, isChanged);
  useUnsaved(editing.dirty);
  const { kept: role, draft } = editing;
  const change = (values: Partial<RoleDraft>) => editing.change((old) => ({ ...old, ...values }));
  const remove = async () => {
    try {
      await api.delete(`/roles/${role.id}`);
      void refreshTeam();
      say(t('team.role_removed', { name: words(role) }));
      navigate('/manage/roles', { replace: true, state: NOTHING_LOST });
    } catch (failure) {
      sayFailure(failure);
    }
  };
  if (catalogue.error) return <ErrorState failure={catalogue.error} retry={() => void catalogue.refetch()} />;
  if (!catalogue.data) return <SkeletonRows rows={8} height={56} />;
  const part = { draft, catalogue: catalogue.data, change };
  return (
    <div className="role">
      <header className="role-head">
        <Link className="act" to="/manage/roles">
          <ChevronLeft size={17} strokeWidth={1.6} aria-hidden="true" />
          {t('team.nav_roles')}
        </Link>
        <span className="role-gap" />
        {views ? (
          <button type="button" className="act" disabled={editing.dirty} onClick={() => setViewing(true)}>
            <Eye size={16} strokeWidth={1.6} aria-hidden="true" />
            {t('team.view_as')}
          </button>
        ) : null}
        {removes ? (
          <Sure className="act verm" what={t('team.role_remove')} run={() => void remove()}>
            <Trash2 size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('team.role_remove')}
          </Sure>
        ) : null}
      </header>
      <section className="sheet role-part">
        <div className="me-pair">
          <FormRow label={t('team.role_zh')}>
            <Input value={draft.zh} maxLength={60} onChange={(event) => change({ zh: event.target.value })} />
          </FormRow>
          <FormRow label={t('team.role_en')}>
            <Input value={draft.en} maxLength={60} onChange={(event) => change({ en: event.target.value })} />
          </FormRow>
        </div>
        <p className="second">
          {role.people.length
            ? t('team.role_people', {
                n: role.people.length,
                names: role.people.map((one) => one.name).join(t('common.list')),
              })
            : t('team.held_by_none')}
        </p>
      </section>
      <Sheet title={t('team.role_verbs')} note={t('team.role_verbs_note')}>
        <RoleVerbs {...part} />
      </Sheet>
      <Sheet title={t('team.role_scopes')} note={t('team.role_scopes_note')}>
        <RoleScopes {...part} />
      </Sheet>
      <Sheet title={t('team.role_fields')} note={t('team.role_fields_note')}>
        <RoleFields {...part} />
      </Sheet>
      <SaveBar editing={editing} />
      {viewing ? <ViewAs role={role} close={() => setViewing(false)} /> : null}
    </div>
  );
}

/** One role: what its holders may do, which rows they reach, which fields they read. */
export function RoleEditor({ id }: { id: number }) {
  const query = useRole(id);
  if (query.error && !query.data)
    return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={8} height={56} />;
  return <Editor latest={query.data} key={id} />;
}
