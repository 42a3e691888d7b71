import { Modal } from 'antd';
import { useMatch } from 'react-router';
import { MAC } from '@/lib/media';
import { type Key, t } from '@/locales';
import './key-help.css';

const CTRL = MAC ? '⌘' : 'Ctrl';

type Row = [names: string[], label: Key];
const PARTS: [head: Key, rows: Row[]][] = [
  [
    'shell.keys_anywhere',
    [
      [[CTRL, 'K'], 'shell.keys_find'],
      [['Z'], 'shell.keys_undo'],
      [['Esc'], 'shell.keys_close'],
      [['?'], 'shell.keys_help'],
    ],
  ],
  [
    'shell.keys_lists',
    [
      [['J', 'K'], 'shell.keys_move'],
      [['Enter'], 'shell.keys_open'],
      [['L'], 'common.log'],
      [['E'], 'shell.keys_done'],
      [['X'], 'shell.keys_tick'],
      [['/'], 'shell.keys_look'],
      [['H'], 'shell.keys_reschedule'],
      [['1', '2', '3'], 'shell.keys_days'],
    ],
  ],
  [
    'common.log',
    [
      [[CTRL, 'Enter'], 'shell.keys_submit'],
      [['Alt', '1–3'], 'shell.keys_fix'],
      [[CTRL, "'"], 'shell.keys_quote'],
    ],
  ],
  [
    'shell.reviews',
    [
      [['J', 'K'], 'reviews.key_record'],
      [['C'], 'reviews.key_comment'],
      [['1–3'], 'reviews.key_quick'],
      [['A'], 'reviews.pass'],
      [['R'], 'reviews.return'],
    ],
  ],
];

/** Said only over a form that is being shaped: its words come with it. */
const SHAPING: (typeof PARTS)[number] = [
  'forms.keys',
  [
    [['↑', '↓'], 'forms.key_next'],
    [['Space'], 'forms.key_carry'],
    [['Enter'], 'forms.key_name'],
    [['Del'], 'forms.hide'],
    [[CTRL, 'D'], 'common.copy'],
    [[CTRL, 'Z'], 'designer.undo'],
    [['P'], 'forms.key_device'],
    [[CTRL, 'Enter'], 'designer.publish'],
  ],
];

/** Every key there is, by the place where it works. */
export function KeyHelp({ close }: { close: () => void }) {
  const shaping = useMatch('/manage/forms/:type');
  return (
    <Modal open title={t('shell.keys')} onCancel={close} footer={null} width={640}>
      <div className="key-help">
        {(shaping ? [SHAPING, ...PARTS] : PARTS).map(([head, rows]) => (
          <section key={head}>
            <h3>{t(head)}</h3>
            <dl>
              {rows.map(([names, label]) => (
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
          </section>
        ))}
      </div>
    </Modal>
  );
}
