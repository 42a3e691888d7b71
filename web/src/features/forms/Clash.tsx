import { Button, Modal } from 'antd';
import type { Design } from '@/api/designs';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { Changes } from './Changes';
import { changesOf } from './changes';
import { draftOf } from './draft';
import type { Designer } from './use-designer';

/** Somebody else has published meanwhile: what he changed, what I changed, and whose goes on. */
export function Clash({ designer, theirs }: { designer: Designer; theirs: Design }) {
  const { was, changes, layOver, start, letTheirsWait } = designer;
  const other = changesOf(
    was,
    draftOf(theirs, (key) => was.fields.some((one) => one.key === key && one.auto)),
  );
  const both = new Set(other.map((one) => one.uid).filter((uid) => changes.some((one) => one.uid === uid)));
  const by = theirs.published?.by?.name ?? '';
  const when = theirs.published ? formatWhen(theirs.published.at) : '';
  return (
    <Modal
      open
      width={720}
      title={t('designer.clash', { name: by, n: theirs.version })}
      onCancel={letTheirsWait}
      footer={
        <>
          <Button onClick={() => start(theirs)}>{t('designer.clash_drop', { n: changes.length })}</Button>
          <Button type="primary" onClick={() => layOver(theirs)}>
            {t('designer.clash_over')}
          </Button>
        </>
      }
    >
      <p className="second">{t(both.size ? 'forms.clash_both' : 'forms.clash_hint', { n: both.size })}</p>
      <div className="fc-sides">
        <section>
          <h3>{t('forms.clash_theirs', { name: by, when })}</h3>
          <Changes changes={other} marked={both} />
        </section>
        <section>
          <h3>{t('forms.clash_mine')}</h3>
          <Changes changes={changes} marked={both} />
        </section>
      </div>
    </Modal>
  );
}
