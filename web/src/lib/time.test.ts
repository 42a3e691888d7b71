import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setCatalogue } from '@/locales';
import en from '@/locales/en-US';
import zh from '@/locales/zh-CN';
import cases from './late-cases.json';
import {
  datesInWords,
  dayFromNow,
  daysBetween,
  daysToWeekday,
  formatAgo,
  formatDateHead,
  formatDay,
  formatDue,
  formatWhen,
  instantOf,
  isOverdue,
  setZone,
  wallOf,
} from './time';

// Tuesday 2026-11-24 10:12 in Shanghai.
const NOW = new Date('2026-11-24T02:12:00Z');

beforeAll(() => setCatalogue('zh-CN', zh));
beforeEach(() => setZone('Asia/Shanghai'));

describe('the wall clock of the organisation', () => {
  it('counts the day by the zone of the team, not by UTC', () => {
    expect(wallOf('2026-11-24T17:30:00Z')).toMatchObject({
      month: 11,
      day: 25,
      hour: 1,
      minute: 30,
      weekday: 3,
    });
    expect(daysBetween('2026-11-24T16:00:00Z', NOW)).toBe(1);
    expect(daysBetween('2026-11-24T15:59:00Z', NOW)).toBe(0);
  });

  it('shows a bare date as that day in every zone', () => {
    for (const zone of ['America/Los_Angeles', 'America/Sao_Paulo', 'Asia/Shanghai', 'Pacific/Auckland']) {
      setZone(zone);
      expect(formatDay('2026-11-20', NOW)).toBe('11月20日');
      expect(wallOf('2026-11-20')).toEqual({
        year: 2026,
        month: 11,
        day: 20,
        hour: 0,
        minute: 0,
        weekday: 5,
      });
      expect(datesInWords('按 2024-01-01')).toBe('按 2024年1月1日');
    }
  });

  it('turns figures on the wall back into the same instant, also around a change of summer time', () => {
    for (const zone of ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York']) {
      for (const iso of ['2026-03-29T06:30:00Z', '2026-10-25T10:00:00Z', '2026-07-01T00:00:00Z']) {
        expect(instantOf(wallOf(iso, zone), zone)).toBe(iso);
      }
    }
  });

  it('sets a day-precise deadline at closing time', () => {
    expect(dayFromNow(1, '18:00', NOW)).toBe('2026-11-25T10:00:00Z');
    expect(dayFromNow(7, '17:30', NOW)).toBe('2026-12-01T09:30:00Z');
  });

  it('finds the next Friday and Monday, never today', () => {
    expect(daysToWeekday(5, NOW)).toBe(3);
    expect(daysToWeekday(1, NOW)).toBe(6);
    expect(daysToWeekday(2, NOW)).toBe(7);
  });
});

describe('words for times', () => {
  it('says today, yesterday, tomorrow, else the date; the year only when it is another', () => {
    expect(formatWhen('2026-11-24T06:30:00Z', 'minute', NOW)).toBe('今天 14:30');
    expect(formatWhen('2026-11-23T02:00:00Z', 'day', NOW)).toBe('昨天');
    expect(formatWhen('2026-11-25T01:00:00Z', 'minute', NOW)).toBe('明天 09:00');
    expect(formatWhen('2026-11-20T01:00:00Z', 'day', NOW)).toBe('11月20日');
    expect(formatDay('2025-06-12T02:00:00Z', NOW)).toBe('2025年6月12日');
  });
  it('writes the dates of a machine in words and leaves other figures alone', () => {
    expect(datesInWords('按 2024-05-12 10:00')).toBe('按 2024年5月12日 10:00');
    expect(datesInWords('HT-2024-118，2024-5-1')).toBe('HT-2024-118，2024-5-1');
  });

  it('says how late a to-do is in hours, then in days', () => {
    expect(formatDue('2026-11-23T08:12:00Z', 'minute', true, NOW)).toBe('逾期 18 小时');
    expect(formatDue('2026-11-22T02:00:00Z', 'minute', true, NOW)).toBe('逾期 2 天');
    expect(formatDue('2026-11-24T01:50:00Z', 'minute', true, NOW)).toBe('逾期 22 分钟');
    expect(formatDue('2026-11-23T10:00:00Z', 'day', true, NOW)).toBe('逾期 1 天');
    expect(formatDue('2026-11-24T00:00:00Z', 'day', true, NOW)).toBe('逾期 2 小时');
    expect(formatDue('2026-11-24T02:30:00Z', 'minute', false, NOW)).toBe('今天 10:30');
  });

  it('agrees with the server about what is late and how late', () => {
    setZone(cases.zone);
    const from = new Date(cases.now);
    for (const [language, words] of [
      ['zh-CN', zh],
      ['en-US', en],
    ] as const) {
      setCatalogue(language, words);
      for (const one of cases.cases) {
        expect(isOverdue(one.due_at, from)).toBe(true);
        expect(formatDue(one.due_at, one.precision as 'minute' | 'day', true, from)).toBe(
          language === 'zh-CN' ? one.zh : one.en,
        );
      }
    }
    setCatalogue('zh-CN', zh);
    expect(isOverdue('2026-11-24T02:12:01Z', from)).toBe(false);
  });

  it('counts days since a contact by calendar days', () => {
    expect(formatAgo('2026-11-24T00:00:00Z', NOW)).toBe('今天');
    expect(formatAgo('2026-11-23T15:00:00Z', NOW)).toBe('昨天');
    expect(formatAgo('2026-11-15T15:00:00Z', NOW)).toBe('9 天前');
  });

  it('heads the day in both languages', () => {
    expect(formatDateHead('2026-11-24', 'zh-CN')).toBe('11月24日 周二');
    expect(formatDateHead('2026-11-24', 'en-US')).toBe('Tuesday 24 Nov');
  });

  it('speaks English with plurals', () => {
    setCatalogue('en-US', en);
    expect(formatDue('2026-11-23T01:00:00Z', 'minute', true, NOW)).toBe('1 day overdue');
    expect(formatDue('2026-11-22T01:00:00Z', 'minute', true, NOW)).toBe('2 days overdue');
    expect(formatWhen('2026-11-20T01:00:00Z', 'minute', NOW)).toBe('20 Nov 09:00');
    setCatalogue('zh-CN', zh);
  });
});
