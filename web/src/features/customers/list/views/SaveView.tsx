import { Input, Modal } from 'antd';
import { useState } from 'react';
import { sentenceOf } from '@/api/client';
import { createView } from '@/api/views';
import { sentenceOfNode } from '@/lib/filter-words';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { t } from '@/locales';
import type { Look } from '../columns';
import { useNaming } from '../filter/use-naming';
import { filterOf, type ListState } from '../list-state';
import { settle, valuesOf } from './keeping';

const LONGEST = 40;

/** Keep the list as it is now under a name. */
export function SaveView({ state, look, close }: { state: ListState; look: Look; close: () => void }) {
  const naming = useNaming();
  const node = filterOf(state);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const save = async () => {
    if (!name.trim() || busy) return;
    setBusy(true);
    try {
      const { id } = await createView(valuesOf(state, look, name.trim()));
      await settle(state, String(id));
      say(t('views.kept', { name: name.trim() }));
      close();
    } catch (refusal) {
      setFailure(refusal);
      setBusy(false);
    }
  };
  const parts = [state.tab ? words(state.tab.label) : '', node ? sentenceOfNode(node, naming) : ''].filter(
    Boolean,
  );
  return (
    <Modal
      open
      title={t('views.new_title')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !name.trim(), loading: busy }}
      onOk={() => void save()}
      onCancel={close}
      width={440}
    >
      <div className="view-form">
        <Input
          autoFocus
          value={name}
          maxLength={LONGEST}
          placeholder={t('views.name_hint')}
          aria-label={t('views.name')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => void save()}
        />
        <p className="second">{t('views.holds', { what: parts.join(t('views.holds_and')) })}</p>
        {failure ? (
          <p className="verm" role="alert">
            {sentenceOf(failure)}
          </p>
        ) : null}
      </div>
    </Modal>
  );
}
