import { Modal, Select } from 'antd';
import { useState } from 'react';
import { type PlaybookRow, refreshPlaybooks, removePlaybook, usePlaybook } from '@/api/playbooks';
import { Refusal } from '@/components/Refusal';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { mainOf } from './draft';

/** A process goes: its customers stand in a node of the usual one from then on; its versions stay. */
export function RemoveBook({
  book,
  heir,
  close,
}: {
  book: PlaybookRow;
  heir: PlaybookRow | undefined;
  close: () => void;
}) {
  const gone = usePlaybook(book.key, true).data;
  const usual = usePlaybook(heir?.key ?? '', heir !== undefined).data;
  const nodes = mainOf(usual?.document.nodes ?? []);
  const [to, setTo] = useState('');
  const many = book.customers ?? 0;
  const { busy, failure, submit } = useSubmit(async () => {
    const keys = to && gone ? mainOf(gone.document.nodes).map((node) => [node.key, to]) : [];
    const { moved } = await removePlaybook(book.key, book.version, Object.fromEntries(keys));
    say(t('playbook.book_removed', { name: words(book.title), n: moved }));
    await refreshPlaybooks();
    close();
  });
  return (
    <Modal
      open
      width={440}
      title={t('playbook.book_remove', { name: words(book.title) })}
      okText={t('common.delete')}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger: true, loading: busy, disabled: !gone || (many > 0 && !to) }}
      onCancel={close}
      onOk={() => void submit()}
    >
      <p className="second">{t(many ? 'playbook.book_held' : 'playbook.book_empty', { n: many })}</p>
      {heir && many ? (
        <label className="pb-row">
          <span>{t('playbook.book_where', { title: words(heir.title) })}</span>
          <Select
            value={to || undefined}
            placeholder={t('playbook.book_choose')}
            aria-label={t('playbook.book_choose')}
            options={nodes.map((node) => ({ value: node.key, label: words(node) }))}
            onChange={setTo}
          />
        </label>
      ) : null}
      <Refusal failure={failure} />
    </Modal>
  );
}
