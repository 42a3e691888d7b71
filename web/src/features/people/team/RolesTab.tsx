import { Button, Input, Modal, Select } from 'antd';
import { ChevronRight, Copy } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '@/api/client';
import { refreshTeam } from '@/api/team';
import { useCan } from '@/app/session';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { useRoles } from '@/lib/roles';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { FormRow } from '../FormRow';

/** A role begins as a copy of the one that is nearest to it. */
function NewRole({ close }: { close: () => void }) {
  const navigate = useNavigate();
  const roles = useRoles();
  const [name, setName] = useState('');
  const [source, setSource] = useState<number | null>(null);
  const from = source ?? roles.data?.[0]?.id ?? null;
  const { busy, submit, sentence } = useSubmit(async () => {
    const { id } = await api.post<{ id: number }>('/roles', { zh: name.trim(), copy_of: from });
    refreshTeam();
    navigate(`/manage/roles/${id}`);
  });
  return (
    <Modal
      open
      title={t('team.role_new')}
      okText={t('team.role_make')}
      cancelText={t('common.cancel')}
      confirmLoading={busy}
      okButtonProps={{ disabled: !name.trim() || from === null }}
      onOk={() => void submit()}
      onCancel={close}
    >
      <div className="me-form">
        <FormRow label={t('team.role_name')} error={sentence}>
          <Input autoFocus value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </FormRow>
        <FormRow label={t('team.role_copy_of')} hint={t('team.role_copy_hint')}>
          <Select
            value={from}
            onChange={setSource}
            options={(roles.data ?? []).map((one) => ({ value: one.id, label: words(one) }))}
          />
        </FormRow>
      </div>
    </Modal>
  );
}

/** The roles of the team, each with how many hold it. */
export function RolesTab() {
  const roles = useRoles();
  const makes = useCan('role.create');
  const [making, setMaking] = useState(false);
  if (roles.error) return <ErrorState failure={roles.error} retry={() => void roles.refetch()} />;
  if (!roles.data) return <SkeletonRows rows={8} height={56} />;
  return (
    <>
      <div className="team-tools">
        <p className="second team-lead">{t('team.roles_lead')}</p>
        {makes ? (
          <Button type="primary" icon={<Copy size={15} strokeWidth={1.6} />} onClick={() => setMaking(true)}>
            {t('team.role_new')}
          </Button>
        ) : null}
      </div>
      <ul className="sheet team-table">
        {roles.data.map((role) => (
          <li key={role.id}>
            <Link className="team-row team-role" to={`/manage/roles/${role.id}`}>
              <b className="team-words cut">{words(role)}</b>
              <span className={role.people ? 'second' : 'meta'}>
                {role.people ? t('team.held_by', { n: role.people }) : t('team.held_by_none')}
              </span>
              <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
      {making ? <NewRole close={() => setMaking(false)} /> : null}
    </>
  );
}
