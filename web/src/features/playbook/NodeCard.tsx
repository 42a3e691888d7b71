import { Briefcase, CalendarDays, Clock3, FileText, Lock, type LucideIcon, Siren, User } from 'lucide-react';
import type { ClockKind, NodeFacts, Playbook, PlayNode, Rung } from '@/api/playbooks';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { factsOf, limitSaid, ownerSaid, whenSaid, whomSaid } from './said';

export const CLOCK_ICONS: Record<ClockKind, LucideIcon> = {
  hours: Clock3,
  days: CalendarDays,
  workdays: Briefcase,
};
/** So many of a hundred in time are too few. */
const POOR = 0.7;
/** Of fewer customers nothing can be said. */
const FEW = 5;

/** How long a node may take, with the picture of its clock. */
export function LimitChip({ node }: { node: PlayNode }) {
  const Icon = node.limit ? CLOCK_ICONS[node.limit.clock] : null;
  return (
    <span className="pb-limit">
      {Icon ? <Icon size={13} strokeWidth={1.6} aria-hidden="true" /> : null}
      {limitSaid(node.limit)}
    </span>
  );
}

/** How many of those who left it were in time. */
export function OnTime({ facts, bare = false }: { facts: NodeFacts | undefined; bare?: boolean }) {
  const share = facts?.on_time_share ?? null;
  if (share === null || (facts?.entered_90 ?? 0) < FEW) return null;
  const percent = Math.round(share * 100);
  return (
    <span className="pb-ontime" data-poor={share < POOR || undefined}>
      {t(bare ? 'playbook.in_time_short' : 'playbook.in_time')}
      {bare ? null : (
        <span className="pb-meter" aria-hidden="true">
          <span style={{ width: `${percent}%` }} />
        </span>
      )}
      <b>{percent}%</b>
    </span>
  );
}

/** How long customers stand there in working time, of how many. */
export function Waits({ facts }: { facts: NodeFacts | undefined }) {
  if (facts?.worked_mean === null || facts?.worked_mean === undefined) return null;
  const hours = Math.round(facts.worked_mean / 6) / 10;
  return (
    <span className="meta pb-waits" title={t('playbook.waits_hint')}>
      {t('playbook.waits', { hours, n: facts.worked_n ?? 0 })}
    </span>
  );
}

/** Whom it reaches first beyond the one who does it. */
export function ladderSaid(node: PlayNode, book: Playbook): string {
  const own = (rung: Rung) => rung.do === 'remind' || rung.do === 'alert';
  const late = node.ladder.find((rung) => rung.from === 'due' && !own(rung)) ?? node.ladder[0];
  if (!late) return '';
  const said = `${whenSaid(late)} → ${whomSaid(late.to, book)}`;
  return node.ladder.length > 1 ? t('playbook.ladder_more', { first: said, n: node.ladder.length }) : said;
}

/** What a node promises, and how it does today. */
export function NodeWords({ node, book, at }: { node: PlayNode; book: Playbook; at: number }) {
  const facts = factsOf(book, node.key);
  const late = ladderSaid(node, book);
  const lines: [LucideIcon, string][] = [
    [FileText, node.output || t('playbook.no_output')],
    [User, ownerSaid(node.owner, book)],
    [Siren, late],
  ];
  return (
    <>
      <span className="pb-card-head">
        <span className="pb-no" aria-hidden="true">
          {at}
        </span>
        <b className="cut">{words(node)}</b>
        {node.optional ? <span className="fd-chip">{t('playbook.optional')}</span> : null}
        <LimitChip node={node} />
      </span>
      <span className="pb-action">{node.action || t('playbook.no_action')}</span>
      {lines
        .filter(([, text]) => text)
        .map(([Icon, text]) => (
          <span className="pb-line" key={text}>
            <Icon size={13} strokeWidth={1.6} aria-hidden="true" />
            <span className="cut" title={text}>
              {text}
            </span>
          </span>
        ))}
      <span className="pb-card-foot">
        <span>{t('playbook.here', { n: facts?.customers ?? 0 })}</span>
        <OnTime facts={facts} />
      </span>
    </>
  );
}

/** What runs beside a node: its name, who does it, by when. */
export function SideWords({ node, book }: { node: PlayNode; book: Playbook }) {
  return (
    <>
      <span className="pb-card-head">
        <b className="cut">{words(node)}</b>
        <LimitChip node={node} />
      </span>
      <span className="pb-line">
        <User size={13} strokeWidth={1.6} aria-hidden="true" />
        <span className="cut">
          {[
            ownerSaid(node.owner, book),
            node.optional ? t('playbook.optional') : t('playbook.parallel'),
          ].join(' · ')}
        </span>
      </span>
    </>
  );
}

export const Gated = () => <Lock size={12} strokeWidth={1.6} aria-hidden="true" />;
