import { describe, expect, it } from 'vitest';
import type { Subject } from '@/api/team';
import { heldOf, holds, reaches, setScope, setSubject, setVerb } from './role-draft';

const subject = (key: string, ...names: string[]): Subject => ({
  key,
  zh: key,
  en: key,
  whole: false,
  verbs: names.map((name) => ({ name: `${key}.${name}`, zh: name, en: name })),
});
const customer = subject('customer', 'create', 'update', 'delete');
const need = subject('need', 'add');
const subjects = [customer, need];

describe('verbs of a role', () => {
  it('hold by name, by subject and by everything', () => {
    expect(holds(['customer.*'], 'customer.delete')).toBe(true);
    expect(holds(['*'], 'need.add')).toBe(true);
    expect(holds(['customer.create'], 'customer.delete')).toBe(false);
    expect(heldOf(['customer.create'], customer)).toBe('some');
    expect(heldOf([], customer)).toBe('none');
  });

  it('keep the rest when one is taken out of a pattern', () => {
    expect(setVerb(['customer.*', 'need.add'], subjects, customer, 'customer.delete', false)).toEqual([
      'need.add',
      'customer.create',
      'customer.update',
    ]);
    expect(setVerb(['*'], subjects, customer, 'customer.delete', false)).toEqual([
      'need.*',
      'customer.create',
      'customer.update',
    ]);
  });

  it('become the subject as a whole when the last one is added', () => {
    const some = ['customer.create', 'customer.update'];
    expect(setVerb(some, subjects, customer, 'customer.delete', true)).toEqual(['customer.*']);
    expect(setSubject(['customer.create', 'need.add'], subjects, customer, false)).toEqual(['need.add']);
  });
});

describe('rows of a role', () => {
  it('name nothing that a wider choice covers', () => {
    const wide = setScope({ customer: { see: ['self', 'department'] } }, 'customer', 'see', 'subtree', true);
    expect(wide.customer?.see).toEqual(['self', 'subtree']);
    expect(reaches(wide, 'customer', 'see', 'department')).toBe(true);
    expect(setScope(wide, 'customer', 'see', 'all', true).customer?.see).toEqual(['all']);
  });
});
