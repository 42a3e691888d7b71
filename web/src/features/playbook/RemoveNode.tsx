import { Modal, Select } from 'antd';
import { useState } from 'react';
import type { PlayNode } from '@/api/playbooks';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { mainOf } from './draft';
import type { Acts } from './use-acts';
import type { Shaping } from './use-shaping';

/** A node that customers stand in goes: where shall they stand? */
export function RemoveNode({
  shaping,
  acts,
  node,
  close,
}: {
  shaping: Shaping;
  acts: Acts;
  node: PlayNode;
  close: () => void;
}) {
  const heirs = acts.heirs(node.key);
  const main = mainOf(shaping.draft.document.nodes);
  const at = main.findIndex((one) => one.key === node.key);
  const [to, setTo] = useState((main[at - 1] ?? main[at + 1] ?? heirs[0])?.key ?? '');
  return (
    <Modal
      open
      title={t('playbook.remove', { name: words(node) })}
      okText={t('playbook.remove_do')}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger: true, disabled: !to }}
      onCancel={close}
      onOk={() => {
        acts.remove(node.key, to);
        close();
      }}
      width={440}
    >
      <label className="pb-row">
        <span>{t('playbook.remove_where', { n: acts.customersIn(node.key) })}</span>
        <Select
          value={to}
          aria-label={t('playbook.remove_to')}
          options={heirs.map((one) => ({ value: one.key, label: words(one) }))}
          onChange={setTo}
        />
        <span className="meta">{t('playbook.remove_hint')}</span>
      </label>
    </Modal>
  );
}
