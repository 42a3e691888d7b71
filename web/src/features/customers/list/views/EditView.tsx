import { Checkbox, Input, Radio } from 'antd';
import { useState } from 'react';
import type { SavedView } from '@/api/types';
import { shareView, updateView } from '@/api/views';
import { FormModal } from '@/components/FormModal';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useRoles } from '@/lib/roles';
import { t } from '@/locales';
import { refreshViews } from './keeping';

/** The name of a view, and whose tab it is. */
export function EditView({ view, close }: { view: SavedView; close: () => void }) {
  const [name, setName] = useState(view.name);
  const [shared, setShared] = useState(view.shared);
  const roleList = useRoles();
  const [roles, setRoles] = useState(view.roles);
  const ready = name.trim() !== '' && (shared !== 'roles' || roles.length > 0);
  const save = async () => {
    let version = view.version;
    if (name.trim() !== view.name) version = (await updateView(view, { name: name.trim() })).version;
    if (shared !== view.shared || roles.join() !== view.roles.join())
      await shareView({ id: view.id, version }, shared, shared === 'roles' ? roles : []);
    await refreshViews();
    say(t('common.saved'));
    close();
  };
  return (
    <FormModal title={t('views.edit')} ready={ready} run={save} close={close} className="view-form">
      <Input
        value={name}
        maxLength={40}
        aria-label={t('views.name')}
        onChange={(event) => setName(event.target.value)}
      />
      {view.can.share ? (
        <>
          <Radio.Group
            className="view-share"
            value={shared}
            onChange={(event) => setShared(event.target.value as SavedView['shared'])}
            options={(['nobody', 'roles', 'all'] as const).map((one) => ({
              value: one,
              label: t(`views.share_${one}`),
            }))}
          />
          {shared === 'roles' ? (
            <Checkbox.Group
              className="view-roles"
              value={roles}
              onChange={(next) => setRoles(next.map(String))}
              options={(roleList.data ?? []).map((one) => ({ value: one.key, label: words(one) }))}
            />
          ) : null}
        </>
      ) : (
        <p className="second">{t('views.share_by_others')}</p>
      )}
    </FormModal>
  );
}
