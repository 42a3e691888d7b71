import type { Field } from '@/api/types';
import type { Choice } from '../Pick';

/** What the control of a field needs. */
export interface Part {
  field: Field;
  value: unknown;
  set: (value: unknown) => void;
  id: string;
  /** The list to choose from, where it is neither an option list nor the team. */
  choices?: readonly Choice[];
}
