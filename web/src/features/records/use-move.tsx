import { useState } from 'react';
import { ApiError } from '@/api/client';
import { moveRecords, type OwnRow, refreshRecords } from '@/api/records';
import { sayWithUndo } from '@/components/batch/undo';
import { FormModal } from '@/components/FormModal';
import { RecordForm, type Values } from '@/components/RecordForm';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';

interface Asking {
  row: OwnRow;
  to: string;
  fields: string[];
  said: string;
  done: (moved: boolean) => void;
}

/** Putting a row into another state; what its form then demands is asked for on the way. */
export function useMove(type: string) {
  const labels = useLabels();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [values, setValues] = useState<Values>({});
  const stateName = (key: string) => words(labels.option(`${type}.state`, key));
  const settle = async (row: OwnRow, to: string, given?: Values) => {
    const more = given ? { version: row.version, values: given } : { version: row.version };
    const { batch } = await moveRecords(type, [row.id], to, more);
    await refreshRecords();
    sayWithUndo(t('own.moved', { name: row.name, to: stateName(to) }), batch, refreshRecords);
  };
  /** True once it stands there. */
  const move = async (row: OwnRow, to: string): Promise<boolean> => {
    try {
      await settle(row, to);
      return true;
    } catch (failure) {
      const missing = failure instanceof ApiError ? failure.problems.flatMap((one) => one.field ?? []) : [];
      const fields = missing.filter((slug) => labels.field(type, slug));
      if (!(failure instanceof ApiError) || !fields.length) {
        sayFailure(failure);
        return false;
      }
      setValues({});
      return new Promise((done) => setAsking({ row, to, fields, said: failure.message, done }));
    }
  };
  const close = (moved: boolean) => {
    asking?.done(moved);
    setAsking(null);
  };
  const dialog = asking ? (
    <FormModal
      title={t('own.move_needs', { to: stateName(asking.to) })}
      save={t('own.move_do', { to: stateName(asking.to) })}
      ready
      run={async () => {
        await settle(asking.row, asking.to, values);
        close(true);
      }}
      close={() => close(false)}
      className="own-needs"
    >
      <p className="second">{asking.said}</p>
      <RecordForm
        fields={asking.fields.flatMap((slug) => {
          const field = labels.field(type, slug);
          return field ? [{ ...field, required: true }] : [];
        })}
        values={{ ...asking.row, ...values }}
        onChange={(slug, value) => setValues((old) => ({ ...old, [slug]: value }))}
      />
    </FormModal>
  ) : null;
  return { move, dialog };
}
