import { useState } from 'react';
import { api } from '@/api/client';
import { refreshWork } from '@/api/queries';
import type { AgendaItem } from '@/api/types';
import { FormModal } from '@/components/FormModal';
import { Timed } from '@/components/form/Timed';
import { useStanding } from '@/components/form/use-standing';
import { useTiming } from '@/components/form/use-timing';
import { GroupedForm, type Values } from '@/components/RecordForm';
import { changed } from '@/lib/changes';
import { clashFields, clashOf, kept } from '@/lib/clash';
import { lacking } from '@/lib/filling';
import { useLabels } from '@/lib/options';
import { isOpen, isOwn } from '@/lib/own';
import { shown } from '@/lib/shown';
import { askWhose } from '@/lib/whose';

/** Goal and the team's own fields of a to-do; time and holder have verbs of their own. */
export function EditTodo({ item, close }: { item: AgendaItem; close: () => void }) {
  const labels = useLabels();
  const fields = labels
    .fields('agenda')
    .filter((field) => isOpen(field) && (isOwn(field.slug) || field.slug === 'goal'));
  const was = item as unknown as Values;
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(fields.map(({ slug }) => [slug, was[slug] ?? null])),
  );
  const asked = useStanding('agenda')(fields, { ...was, ...values });
  const timing = useTiming('agenda');
  const after = () => refreshWork(item.customer?.id);
  const send = (version: number, patch: Values) => api.patch(`/agenda/${item.id}`, { version, ...patch });
  const save = async () => {
    const mine = changed(was, values);
    try {
      if (Object.keys(mine).length) await send(item.version, mine);
    } catch (failure) {
      const clash = clashOf(failure);
      if (!clash) throw failure;
      const open = clashFields(
        fields,
        was,
        mine,
        clash,
        (field, value) => shown(field, value, labels, null) ?? '',
      );
      askWhose({
        fields: open,
        clash,
        save: (chosen) => send(clash.version, kept(mine, open, chosen)).finally(after),
      });
    }
    timing.send();
    after();
    close();
  };
  return (
    <FormModal
      title={item.act}
      ready={Object.keys(lacking(asked, values)).length === 0}
      run={save}
      close={close}
      className="todo-form"
      width={480}
    >
      <Timed timing={timing}>
        <GroupedForm
          record="agenda"
          fields={asked}
          values={values}
          onChange={(slug, value) => setValues({ ...values, [slug]: value })}
        />
      </Timed>
    </FormModal>
  );
}
