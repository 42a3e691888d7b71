import { Modal, Segmented, Select } from 'antd';
import { useState } from 'react';
import { api } from '@/api/client';
import { useDepartments, useMembers } from '@/api/queries';
import type { Words } from '@/api/types';
import { words } from '@/lib/names';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { FormRow } from '../FormRow';

const PLACES = ['own', 'department', 'member'] as const;
type Place = (typeof PLACES)[number];

/** 以这个角色看: from one's own place, or in that of a department or a member. */
export function ViewAs({ role, close }: { role: { id: number } & Words; close: () => void }) {
  const [place, setPlace] = useState<Place>('own');
  const [id, setId] = useState<number | null>(null);
  const departments = useDepartments(place === 'department').data?.items ?? [];
  const members = useMembers(place === 'member').data?.items ?? [];
  const { busy, submit, sentence } = useSubmit(async () => {
    const where = place === 'own' ? {} : { [`${place}_id`]: id };
    await api.post('/session/view-as', { role_id: role.id, ...where });
    // Begin anew: what was seen with one's own eyes must not show through.
    window.location.assign('/today');
  });
  const choices = place === 'department' ? departments : members.filter((one) => one.active);
  return (
    <Modal
      open
      title={t('team.view_as_title', { role: words(role) })}
      okText={t('team.view_as_begin')}
      cancelText={t('common.cancel')}
      confirmLoading={busy}
      okButtonProps={{ disabled: place !== 'own' && id === null }}
      onOk={() => void submit()}
      onCancel={close}
    >
      <div className="me-form">
        <p className="second">{t('team.view_as_hint')}</p>
        <Segmented<Place>
          aria-label={t('team.view_as_place')}
          value={place}
          onChange={(next) => {
            setPlace(next);
            setId(null);
          }}
          options={PLACES.map((value) => ({ value, label: t(`team.view_as_${value}`) }))}
        />
        {place === 'own' ? null : (
          <FormRow label={t(`team.view_as_${place}`)}>
            <Select<number>
              value={id}
              placeholder={t('team.view_as_choose')}
              showSearch={{ optionFilterProp: 'label' }}
              options={choices.map((one) => ({ value: one.id, label: one.name }))}
              onChange={setId}
            />
          </FormRow>
        )}
        {sentence ? (
          <p className="row-error" role="alert">
            {sentence}
          </p>
        ) : null}
      </div>
    </Modal>
  );
}
