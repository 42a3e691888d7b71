import { beforeAll, describe, expect, it } from 'vitest';
import { setCatalogue } from '@/locales';
import zh from '@/locales/zh-CN';
import { actKind, needsRecord } from './act';
import { fromExpression, toExpression } from './filter';
import { chipOf, sentenceOfNode } from './filter-words';
import { formatMoney, formatMoneyFull } from './money';
import { initialOf, shortFirm, words } from './names';
import { labelsOf } from './options';

beforeAll(() => setCatalogue('zh-CN', zh));

describe('money', () => {
  it('counts in 万 and 亿, from minor units', () => {
    expect(formatMoney(86_000_000)).toBe('86万');
    expect(formatMoney(39_800_000)).toBe('39.8万');
    expect(formatMoney(1_847_000_000)).toBe('1,847万');
    expect(formatMoney(860_000)).toBe('8,600');
    expect(formatMoney(15_000_000_000)).toBe('1.5亿');
    expect(formatMoney(null)).toBe('—');
    expect(formatMoney(0)).toBe('0');
  });

  it('names a foreign currency and counts in hundredths whatever it is, as the server does', () => {
    expect(formatMoney(12_000_000, 'USD')).toBe('US$ 12万');
    expect(formatMoney(500_000, 'JPY')).toBe('JP¥ 5,000');
    expect(formatMoneyFull(500_000, 'JPY')).toBe('JP¥ 5,000.00');
    expect(formatMoney(86_000_000, 'CNY', 'en-US')).toBe('¥860k');
    expect(formatMoneyFull(86_000_050)).toBe('¥ 860,000.50');
  });
});

describe('names', () => {
  it('drops the legal suffix and never the whole name', () => {
    expect(shortFirm('内蒙古乌兰察布市蒙源乳业（集团）股份有限公司')).toBe(
      '内蒙古乌兰察布市蒙源乳业（集团）',
    );
    expect(shortFirm('苏州恒锐精密机械有限公司')).toBe('苏州恒锐精密机械');
    expect(shortFirm('有限公司')).toBe('有限公司');
  });

  it('falls back to the other language and to a dot', () => {
    expect(words({ zh: '', en: 'Phone' })).toBe('Phone');
    expect(initialOf(' li')).toBe('L');
    expect(initialOf(null)).toBe('·');
  });
});

describe('kinds of work', () => {
  it('a call or a visit is closed by a record, desk work is not', () => {
    expect(actKind('电话敲定周四演示的到场名单')).toBe('call');
    expect(actKind('带样机演示：告警推送到班组')).toBe('visit');
    expect(actKind('电话确认他收到')).toBe('call');
    expect(actKind('补写 11月22日 拜访纪要')).toBe('desk');
    expect(needsRecord('上门拜访生产副总')).toBe(true);
    expect(needsRecord('按节奏联系客户')).toBe(true);
    expect(needsRecord('准备方案和报价')).toBe(false);
    expect(needsRecord('发 PLC 兼容清单')).toBe(false);
  });
});

describe('the filter in the address', () => {
  it('comes back as it was written', () => {
    const conditions = [
      { field: 'stage', op: 'in' as const, value: ['plan', 'deal'] },
      { field: 'amount', op: 'gte' as const, value: 10_000_000 },
      { field: 'owner', op: 'empty' as const },
    ];
    expect(fromExpression(toExpression(conditions) ?? null)).toEqual(conditions);
    const [first] = conditions;
    expect(fromExpression(toExpression([first as (typeof conditions)[number]]) ?? null)).toEqual([first]);
    expect(toExpression([])).toBeUndefined();
  });

  it('ignores what is no filter', () => {
    for (const raw of [null, '', '{', '[]', '7', '{"and":7}', '{"and":[1,null]}'])
      expect(fromExpression(raw)).toEqual([]);
  });

  it('reads as a sentence', () => {
    const field = {
      required: false,
      list: true,
      sort: false,
      filter: true,
      group: 'basic',
      read_only: false,
    };
    const labels = labelsOf({
      record_types: {
        customer: {
          label: { zh: '客户', en: 'customer' },
          fields: [
            { ...field, slug: 'stage', label: { zh: '阶段', en: 'Stage' }, type: 'option', options: 'stage' },
            {
              ...field,
              slug: 'amount',
              label: { zh: '预计金额', en: 'Amount' },
              type: 'money',
              options: null,
            },
          ],
        },
      },
      options: {
        stage: [
          { key: 'plan', zh: '定制方案', en: 'Plan' },
          { key: 'deal', zh: '谈判签约', en: 'Deal' },
        ],
      },
    });
    const naming = {
      labels,
      record: 'customer',
      member: () => '周凯',
      department: () => '销售一部',
      link: () => '',
    };
    const stage = { field: 'stage', op: 'in' as const, value: ['plan', 'deal'] };
    const dear = { field: 'amount', op: 'gte' as const, value: 10_000_000 };
    expect(chipOf(stage, naming)).toEqual({ name: '阶段', value: '定制方案、谈判签约' });
    expect(chipOf(dear, naming)?.value).toBe('不少于 10万');
    expect(chipOf({ or: [stage, dear] }, naming)).toBeNull();
    const quiet = { not: { field: 'stage', op: 'gte' as const, value: { relative: '-30d' } } };
    expect(sentenceOfNode({ and: [stage, { or: [dear, quiet] }] }, naming)).toBe(
      '阶段 定制方案、谈判签约 且（预计金额 不少于 10万 或 阶段 超过 30 天没有）',
    );
    expect(sentenceOfNode({ not: { or: [stage, dear] } }, naming)).toBe(
      '不满足（阶段 定制方案、谈判签约 或 预计金额 不少于 10万）',
    );
  });
});
