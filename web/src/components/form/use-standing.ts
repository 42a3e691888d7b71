import type { Field } from '@/api/types';
import { useMe } from '@/app/session';
import { standing } from '@/lib/judge';
import { useLabels } from '@/lib/options';

type Values = Record<string, unknown>;

/** The fields of a form that stand on it with these values. `record`: the type, whose other fields conditions may ask
 *  about. */
export function useStanding(record: string): (fields: readonly Field[], values: Values) => Field[] {
  const labels = useLabels();
  const { member } = useMe();
  const who = { me: member.id, ours: member.department?.id ?? null };
  return (fields, values) => standing(fields, labels.fields(record), values, who);
}
