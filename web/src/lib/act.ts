/** What kind of work a to-do is, read from its words: it decides the filter and what 完成 asks. */
export type ActKind = 'call' | 'visit' | 'message' | 'desk';

const PATTERNS: [ActKind, RegExp][] = [
  ['desk', /^(补写|写|整理|准备|做|出|核算|申请|起草|制作|安排|draft|write|prepare)/i],
  ['call', /^(电话|致电|打电话|打给|回电|call|phone)/i],
  ['visit', /拜访|上门|面谈|面访|登门|现场|到访|演示|参观|visit|on.?site|demo/i],
  ['call', /电话|致电|打给|拨打|回电|通话|回访|^按节奏联系|call|phone|ring/i],
  [
    'message',
    /微信|短信|邮件|发给|发送|问|确认|联系|沟通|回复|答复|发|wechat|mail|send|ask|confirm|contact/i,
  ],
];

export function actKind(act: string): ActKind {
  for (const [kind, pattern] of PATTERNS) if (pattern.test(act.trim())) return kind;
  return 'desk';
}

/** A contact without a record is not done: calls and visits are closed by writing the follow-up. */
export function needsRecord(act: string): boolean {
  const kind = actKind(act);
  return kind === 'call' || kind === 'visit';
}
