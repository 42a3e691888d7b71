import { Modal } from 'antd';
import { t } from '@/locales';

const ROWS = [
  [['J', 'K'], 'shell.keys_move'],
  [['Enter'], 'shell.keys_open'],
  [['L'], 'common.log'],
  [['E'], 'shell.keys_done'],
  [['H'], 'shell.keys_reschedule'],
  [['Z'], 'shell.keys_undo'],
  [['Ctrl/⌘ K'], 'shell.keys_find'],
  [['?'], 'shell.keys_help'],
] as const;

export function KeyHelp({ close }: { close: () => void }) {
  return (
    <Modal open title={t('shell.keys')} onCancel={close} footer={null} width={420}>
      <dl className="key-help">
        {ROWS.map(([names, label]) => (
          <div key={label}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{t(label)}</dd>
          </div>
        ))}
      </dl>
      <p className="meta">{t('shell.keys_when')}</p>
    </Modal>
  );
}
