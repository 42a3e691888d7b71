import { Checkbox, Input, Radio } from 'antd';
import { useRef, useState } from 'react';
import type { SavedView } from '@/api/types';
import { shareView, updateView } from '@/api/views';
import { FormModal } from '@/components/FormModal';
import { clashOf } from '@/lib/clash';
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
  // What the next press stands on: after a refusal of its second half the first is kept already.
  const kept = useRef({ name: view.name, version: view.version });
  const write = async () => {
    const { id } = view;
    const wanted = name.trim();
    if (wanted !== kept.current.name)
      kept.current = {
        name: wanted,
        version: (await updateView({ id, ...kept.current }, { name: wanted })).version,
      };
    if (shared !== view.shared || roles.join() !== view.roles.join())
      await shareView({ id, ...kept.current }, shared, shared === 'roles' ? roles : []);
  };
  const save = async () => {
    try {
      await write();
    } catch (failure) {
      // Told that somebody was faster, the next press goes over it.
      const clash = clashOf(failure);
      if (clash) kept.current = { ...kept.current, version: clash.version };
      throw failure;
    } finally {
      await refreshViews();
    }
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
