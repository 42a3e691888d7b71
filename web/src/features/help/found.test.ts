import { describe, expect, it } from 'vitest';
import type { Topic } from '@/api/guide';
import { found } from './found';

const topics: Topic[] = [
  { key: 'a', zh: '导入旧表', en: 'Import', lines: [{ zh: '同一张表导两次不会多', en: 'Nothing twice' }] },
  { key: 'b', zh: '通知太多', en: 'Notices', lines: [{ zh: '改成邮件', en: 'Sent by MAIL' }] },
];
const keysFor = (asked: string) => found(topics, asked).map((topic) => topic.key);

describe('found', () => {
  it('finds any word of title and lines, in both languages and any case', () => {
    expect(keysFor('')).toEqual(['a', 'b']);
    expect(keysFor('两次')).toEqual(['a']);
    expect(keysFor('mail')).toEqual(['b']);
    expect(keysFor('通知 邮件')).toEqual(['b']);
    expect(keysFor('导入 邮件')).toEqual([]);
  });
});
