import { Checkbox, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { sentenceOf } from '@/api/client';
import type { SavedView } from '@/api/types';
import { shareView, updateView } from '@/api/views';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useRoles } from '@/lib/roles';
import { t } from '@/locales';
import type { Look } from '../columns';
import { refreshViews } from './keeping';

/** The name of a view, and whose tab it is. */
export function EditView({ view, close }: { view: SavedView; look: Look; close: () => void }) {
  const [name, setName] = useState(view.name);
  const [shared, setShared] = useState(view.shared);
  const roleList = useRoles();
  const [roles, setRoles] = useState(view.roles);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const ready = name.trim() !== '' && (shared !== 'roles' || roles.length > 0);
  const save = async () => {
    setBusy(true);
    try {
      let version = view.version;
      if (name.trim() !== view.name) version = (await updateView(view, { name: name.trim() })).version;
      if (shared !== view.shared || roles.join() !== view.roles.join())
        await shareView({ id: view.id, version }, shared, shared === 'roles' ? roles : []);
      await refreshViews();
      say(t('common.saved'));
      close();
    } catch (refusal) {
      setFailure(refusal);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('views.edit')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={() => void save()}
      onCancel={close}
      width={440}
    >
      <div className="view-form">
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
        {failure ? (
          <p className="verm" role="alert">
            {sentenceOf(failure)}
          </p>
        ) : null}
      </div>
    </Modal>
  );
}
