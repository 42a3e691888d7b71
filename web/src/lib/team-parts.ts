/** Which verb opens which part of the team page; the server decides each call anew. */
export const PARTS = {
  members: 'member.update',
  departments: 'department.update',
  roles: 'role.update',
  forms: 'field.publish',
  playbooks: 'playbook.publish',
  flows: 'flow.save',
  automations: 'automation.update',
  standard: 'standard.publish',
  ladders: 'ladder.configure',
  pools: 'pool.rules',
  packs: 'pack.apply',
  sessions: 'member.end_session',
  tokens: 'member.revoke_token',
  audit: 'audit.read',
} as const;
export type Part = keyof typeof PARTS;

/** The parts that somebody may look after, in their order. */
export const partsOf = (verbs: readonly string[]): Part[] =>
  (Object.keys(PARTS) as Part[]).filter((part) => verbs.includes(PARTS[part]));
