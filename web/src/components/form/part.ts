import type { Field } from '@/api/types';
import type { Choice } from '../Pick';

/** What the control of a field needs. */
export interface Part {
  field: Field;
  value: unknown;
  set: (value: unknown) => void;
  id: string;
  /** The list to choose from instead of the option list or the team. */
  choices?: readonly Choice[];
}
