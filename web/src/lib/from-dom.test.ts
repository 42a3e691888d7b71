import { describe, expect, it } from 'vitest';
import { plainOf, type Tree } from './blocks';
import { needsRich, type ReadNode, treeFrom } from './from-dom';

class El implements ReadNode {
  nodeType = 1;
  nodeValue: string | null = null;
  childNodes: ReadNode[] = [];
  constructor(
    readonly nodeName: string,
    readonly attributes: Record<string, string> = {},
  ) {}
  getAttribute(name: string): string | null {
    return this.attributes[name] ?? null;
  }
}

const VOID = /^(br|img|meta|link|hr|col)$/;
const SIGNS: Record<string, string> = { nbsp: '\u00a0', lt: '<', gt: '>', amp: '&', quot: '"', middot: '·' };

/** Well-formed markup as nodes; enough of HTML for pages written down here. */
function page(html: string): ReadNode {
  const root = new El('BODY');
  const open: El[] = [root];
  for (const [part] of html.matchAll(/<!--[\s\S]*?-->|<!\[[^>]*>|<[^>]+>|[^<]+/g)) {
    const top = open.at(-1) as El;
    if (part.startsWith('<!'))
      top.childNodes.push({ nodeType: 8, nodeName: '#comment', nodeValue: part, childNodes: [] });
    else if (part.startsWith('</')) open.pop();
    else if (part.startsWith('<')) {
      const name = /^<([\w:]+)/.exec(part)?.[1] ?? '';
      const found = [...part.matchAll(/([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g)];
      const made = new El(
        name.toUpperCase(),
        Object.fromEntries(found.map(([, key, one, two, three]) => [key, one ?? two ?? three ?? ''])),
      );
      top.childNodes.push(made);
      if (!VOID.test(name) && !part.endsWith('/>')) open.push(made);
    } else {
      const text = part.replace(/&(\w+);/g, (_, sign: string) => SIGNS[sign] ?? '');
      top.childNodes.push({ nodeType: 3, nodeName: '#text', nodeValue: text, childNodes: [] });
    }
  }
  return root;
}
const read = (html: string): Tree => treeFrom(page(html));

describe('pasted from Word', () => {
  const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><style>
    p.MsoNormal {margin:0cm; font-family:宋体}</style><!--[if gte mso 9]><xml><o:x/></xml><![endif]--></head>
    <body lang=ZH-CN><!--StartFragment-->
    <p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span style='font-family:宋体'>会议纪要</span></b><span lang=EN-US><o:p></o:p></span></p>
    <p class=MsoListParagraph style='margin-left:18.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]><span>3 号线 42 个点位</span></p>
    <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>先装 <b>8 台</b></p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span>网络走独立网段</p>
    <table class=MsoTableGrid border=1><tr><td width=100><p class=MsoNormal><b>型号</b></p></td><td><p>数量</p></td></tr>
    <tr><td><p>TL-200<o:p></o:p></p></td><td><p>8 台</p></td></tr></table>
    <p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
    <p class=MsoNormal style='mso-hide:all'>看不见</p><!--EndFragment--></body></html>`;

  it('keeps text, bold, lists with their levels and tables', () => {
    expect(read(WORD)).toEqual([
      { type: 'paragraph', text: [{ text: '会议纪要', bold: true }] },
      {
        type: 'numbers',
        items: [
          {
            text: [{ text: '3 号线 42 个点位' }],
            list: { type: 'bullets', items: [{ text: [{ text: '先装 ' }, { text: '8 台', bold: true }] }] },
          },
          { text: [{ text: '网络走独立网段' }] },
        ],
      },
      {
        type: 'table',
        rows: [
          [[{ text: '型号', bold: true }], [{ text: '数量' }]],
          [[{ text: 'TL-200' }], [{ text: '8 台' }]],
        ],
      },
    ]);
  });
});

describe('pasted from WeChat', () => {
  it('an article loses sections, colours, pictures and empty lines', () => {
    const tree =
      read(`<section style="font-size:16px"><section><p style="color:red"><span>客户在意 <strong>交期</strong></span></p></section>
      <p><br></p><p><img src="x.png"><span style="font-weight:bold">30 天</span><span>\u200b以内</span></p>
      <ul class="list-paddingleft-1"><li><p>先装 8 台</p></li><li><section>再装 34 台</section></li></ul></section>`);
    expect(tree).toEqual([
      { type: 'paragraph', text: [{ text: '客户在意 ' }, { text: '交期', bold: true }] },
      { type: 'paragraph', text: [{ text: '30 天', bold: true }, { text: '以内' }] },
      { type: 'bullets', items: [{ text: [{ text: '先装 8 台' }] }, { text: [{ text: '再装 34 台' }] }] },
    ]);
  });

  it('a chat stays lines of text', () => {
    const tree = read('<div>王建国 11/23 15:05</div><div>45 天太长了<br>能不能 30 天？</div>');
    expect(plainOf(tree)).toBe('王建国 11/23 15:05\n45 天太长了\n能不能 30 天？');
    expect(needsRich(tree)).toBe(false);
  });
});

describe('pasted from elsewhere', () => {
  it('nothing that runs or loads is kept, only words', () => {
    const tree = read(
      '<p onclick="x()">看<a href="javascript:x()">这里</a><script>alert(1)</script><style>p{}</style><iframe src=x></iframe></p>',
    );
    expect(tree).toEqual([{ type: 'paragraph', text: [{ text: '看这里' }] }]);
  });

  it('cells of a sheet, joined ones as one full and some empty', () => {
    const tree = read(
      '<table><tbody><tr><td colspan=2>合计</td><td>86 万</td></tr><tr><td rowspan=2>设备</td><td>TL-200</td><td>8</td></tr><tr><td>GW-10</td><td>2<br>3</td></tr><tr><td></td><td></td><td></td></tr></tbody></table>',
    );
    expect(plainOf(tree)).toBe('合计 | – | 86 万\n设备 | TL-200 | 8\n– | GW-10 | 2 3');
  });

  it('a frame of one cell is no table', () => {
    expect(read('<table><tr><td><p>一</p><p>二</p></td></tr></table>').map((block) => block.type)).toEqual([
      'paragraph',
      'paragraph',
    ]);
  });

  it('a quoted mail is no quotation of the customer; what was copied from our own text is', () => {
    expect(read('<blockquote><p>原邮件</p></blockquote>')[0]?.type).toBe('paragraph');
    expect(read('<blockquote class="said"><span>“</span>太贵<br>再看看<span>”</span></blockquote>')).toEqual([
      { type: 'quote', text: [{ text: '太贵\n再看看' }] },
    ]);
  });

  it('weights as documents on the web write them', () => {
    const tree = read('<b style="font-weight:normal"><p>轻<span style="font-weight: 700">重</span></p></b>');
    expect(tree).toEqual([{ type: 'paragraph', text: [{ text: '轻' }, { text: '重', bold: true }] }]);
  });
});

describe('the editor itself', () => {
  it('is read with its marks, lists within lists and blanks', () => {
    const tree = read(
      '<div>11月30日前<span class="mark-task">给<b>分项价</b></span>&nbsp;</div><div><br></div><ol><li>一</li><ul><li>二</li></ul><li>三</li></ol><div>a&nbsp; b</div>',
    );
    expect(tree).toEqual([
      {
        type: 'paragraph',
        text: [
          { text: '11月30日前' },
          { text: '给', mark: 'task' },
          { text: '分项价', bold: true, mark: 'task' },
        ],
      },
      {
        type: 'numbers',
        items: [
          { text: [{ text: '一' }], list: { type: 'bullets', items: [{ text: [{ text: '二' }] }] } },
          { text: [{ text: '三' }] },
        ],
      },
      { type: 'paragraph', text: [{ text: 'a b' }] },
    ]);
  });
});
