import { Input } from 'antd';
import { useState } from 'react';
import { createView } from '@/api/views';
import { FormModal } from '@/components/FormModal';
import { sentenceOfNode } from '@/lib/filter-words';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { t } from '@/locales';
import { useNaming } from '../filter/use-naming';
import { useKind } from '../kind';
import { filterOf, type ListState } from '../list-state';
import type { Look } from '../look';
import { settle, valuesOf } from './keeping';

const LONGEST = 40;

/** Keep the list as it is now under a name. */
export function SaveView({ state, look, close }: { state: ListState; look: Look; close: () => void }) {
  const kind = useKind();
  const node = filterOf(state);
  const naming = useNaming(state.nodes);
  const [name, setName] = useState('');
  const save = async () => {
    const { id } = await createView(kind.record, valuesOf(kind, state, look, name.trim()));
    await settle(state, String(id));
    say(t('views.kept', { name: name.trim() }));
    close();
  };
  const parts = [state.tab ? words(state.tab.label) : '', node ? sentenceOfNode(node, naming) : ''].filter(
    Boolean,
  );
  return (
    <FormModal
      title={t('views.new_title')}
      ready={Boolean(name.trim())}
      run={save}
      close={close}
      className="view-form"
    >
      <Input
        autoFocus
        value={name}
        maxLength={LONGEST}
        placeholder={t('views.name_hint')}
        aria-label={t('views.name')}
        onChange={(event) => setName(event.target.value)}
      />
      <p className="second">{t('views.holds', { what: parts.join(t('views.holds_and')) })}</p>
    </FormModal>
  );
}
