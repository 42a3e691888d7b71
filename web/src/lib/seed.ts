import { forget, recall, remember } from './store';

/** Words and a person handed to the log form before it opens: from the composer, or after a tap on a number. */
export interface Seed {
  text?: string;
  contactId?: number;
}

export function plantSeed(customerId: number, seed: Seed): void {
  remember(`seed.${customerId}`, seed);
}

/** The seed of one customer; it is taken once. */
export function takeSeed(customerId: number): Seed {
  const seed = recall<Seed>(`seed.${customerId}`) ?? {};
  forget(`seed.${customerId}`);
  return seed;
}
