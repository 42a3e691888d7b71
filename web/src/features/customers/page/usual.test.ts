import { describe, expect, it } from 'vitest';
import en from '@/locales/en-US/page.json';
import zh from '@/locales/zh-CN/page.json';
import { USUAL } from './usual';

describe('the usual page', () => {
  it.each(USUAL.map(({ key }) => `part_${key}`))('%s has a name for whoever arranges it', (key) => {
    expect(zh).toHaveProperty(key);
    expect(en).toHaveProperty(key);
  });
});
