import { Button, Modal } from 'antd';
import type { Playbook } from '@/api/playbooks';
import { t } from '@/locales';
import { changesOf } from './changes';
import { draftOf } from './draft';
import { changeSaid } from './said';
import type { Shaping } from './use-shaping';

/** Somebody else has published meanwhile: what he changed, what I changed, and whose goes on. */
export function Clash({ shaping, theirs }: { shaping: Shaping; theirs: Playbook }) {
  const { was, draft, changes, layOver, start, letTheirsWait } = shaping;
  const sides = [
    [t('playbook.clash_theirs'), changesOf(was, draftOf(theirs.document)), theirs.document.nodes],
    [t('playbook.clash_mine'), changes, draft.document.nodes],
  ] as const;
  return (
    <Modal
      open
      width={640}
      title={t('playbook.clash', { n: theirs.version })}
      onCancel={letTheirsWait}
      footer={
        <>
          <Button onClick={() => start(theirs)}>{t('designer.clash_drop', { n: changes.length })}</Button>
          <Button type="primary" onClick={() => layOver(theirs)}>
            {t('playbook.clash_over')}
          </Button>
        </>
      }
    >
      <div className="pb-clash">
        {sides.map(([head, list, nodes]) => (
          <section key={head}>
            <h3>{head}</h3>
            <ul className="pb-changes">
              {list.map((one) => (
                <li key={changeSaid(one, nodes)}>{changeSaid(one, nodes)}</li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Modal>
  );
}
