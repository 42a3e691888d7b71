import { Button } from 'antd';
import { ChevronRight, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { type HandedCustomer, type Handover, useHanded, useHandover } from '@/api/handovers';
import { useMe } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { BottomSheet } from '@/components/BottomSheet';
import { CustomerTabs } from '@/components/CustomerTabs';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { rich, t } from '@/locales';
import { BriefPane } from './BriefPane';
import { Consents } from './Consents';
import { CustomerIndex } from './CustomerIndex';
import { equal, ProofPane } from './ProofPane';
import { Steps } from './Steps';
import { type HandoverActs, useActs } from './use-acts';
import { dayOf, stateOf, toOf } from './words';
import './handovers.css';

interface Shown {
  handover: Handover;
  rows: HandedCustomer[];
  chosen: number | null;
  choose: (id: number) => void;
  more: (() => void) | null;
  acts: HandoverActs;
  me: number | null;
}

function stand(handover: Handover): string {
  const parts = [
    handover.reason ? t('handovers.why', { why: handover.reason }) : t('handovers.no_why'),
    t('handovers.day', { day: dayOf(handover.effective_on) }),
  ];
  if (handover.state === 'draft' || handover.state === 'waiting') parts.push(t('handovers.rehearsal'));
  if (handover.released_at)
    parts.push(
      t('handovers.done_at', {
        when: formatWhen(handover.released_at),
        who: handover.released_by?.name ?? '',
      }),
    );
  if (handover.can.undo && handover.undo_until)
    parts.push(t('handovers.undo_until', { when: formatWhen(handover.undo_until) }));
  if (handover.state === 'undone' || handover.state === 'withdrawn') parts.push(stateOf(handover.state));
  return parts.join(' · ');
}

function Head({ handover }: { handover: Handover }) {
  return (
    <header className="handover-top">
      <div>
        <h1 className="handover-sentence song">
          {rich(
            'handovers.sentence',
            {
              giver: handover.giver.name,
              to: toOf(handover),
              n: handover.many,
              kinds: handover.proof.rows.length,
            },
            'handover-strong',
          )}
          <span className={equal(handover) ? 'handover-whole' : 'verm'}>
            {t(equal(handover) ? 'handovers.whole' : 'handovers.differs')}
          </span>
        </h1>
        <p className="second">{stand(handover)}</p>
      </div>
      <Steps state={handover.state} />
    </header>
  );
}

const unreadOf = ({ rows, me }: Pick<Shown, 'rows' | 'me'>): HandedCustomer[] =>
  rows.filter((row) => row.to.id === me && !row.read_at);

/** 看懂了，下一家: the receiver reads one after the other. */
function Next({ handover, rows, chosen, choose, acts, me }: Shown) {
  if (!handover.can.read) return null;
  const left = unreadOf({ rows, me });
  const here = left.find((row) => row.id === chosen);
  if (!here) return null;
  const after = left.find((row) => row.id !== chosen);
  const read = () =>
    void acts.read([here.id]).then(() => {
      if (after) choose(after.id);
    });
  return (
    <Button type="primary" className="handover-next" loading={acts.busy === 'read'} onClick={read}>
      {t(after ? 'handovers.next' : 'handovers.last')}
    </Button>
  );
}

function Wide(shown: Shown) {
  const { handover, chosen, me } = shown;
  return (
    <div className="handover-grid">
      <ProofPane handover={handover} />
      <section className="sheet handover-middle">
        <CustomerIndex {...shown} />
        <BriefPane handover={handover} customer={chosen} me={me} foot={<Next {...shown} />} />
      </section>
      <Consents {...shown} />
    </div>
  );
}

function ProofLine({ handover }: { handover: Handover }) {
  const [open, setOpen] = useState(false);
  const what = handover.proof.rows
    .slice(1, 4)
    .map((row) => `${words(row)} ${row.before}`)
    .join(t('handovers.comma'));
  return (
    <>
      <button type="button" className="plain sheet handover-line" onClick={() => setOpen(true)}>
        <ShieldCheck size={18} strokeWidth={1.6} aria-hidden="true" />
        <span>{t('handovers.proof_line', { what })}</span>
        <ChevronRight size={18} strokeWidth={1.6} aria-hidden="true" />
      </button>
      {open ? (
        <BottomSheet title={t('handovers.before_after')} close={() => setOpen(false)}>
          <ProofPane handover={handover} />
        </BottomSheet>
      ) : null}
    </>
  );
}

function Narrow(shown: Shown) {
  const { handover, rows, chosen, choose, me } = shown;
  const mine = handover.receivers.find((one) => one.id === me);
  const place = rows.findIndex((row) => row.id === chosen);
  const left = unreadOf(shown);
  return (
    <div className="handover-phone">
      {mine && handover.can.read ? (
        <div
          className="handover-progress"
          role="progressbar"
          aria-valuenow={mine.read}
          aria-valuemax={mine.many}
          aria-label={t('handovers.progress', { n: mine.read, many: mine.many })}
        >
          <span style={{ width: `${mine.many ? (100 * mine.read) / mine.many : 0}%` }} />
        </div>
      ) : null}
      {left.length === 0 || !mine ? <Consents {...shown} /> : null}
      <section className="sheet handover-part">
        <BriefPane handover={handover} customer={chosen} me={me} />
        {rows.length > 1 ? (
          <footer className="handover-turn">
            <button
              type="button"
              className="act"
              disabled={place <= 0}
              onClick={() => choose(rows[place - 1]?.id ?? rows[0]?.id ?? 0)}
            >
              {t('handovers.previous')}
            </button>
            <span className="meta">{t('handovers.progress', { n: place + 1, many: rows.length })}</span>
            <button
              type="button"
              className="act"
              disabled={place >= rows.length - 1}
              onClick={() => choose(rows[place + 1]?.id ?? 0)}
            >
              {t('handovers.following')}
            </button>
          </footer>
        ) : null}
      </section>
      <ProofLine handover={handover} />
      {left.length > 0 && mine ? <Consents {...shown} /> : null}
      {mine && left.some((row) => row.id === chosen) ? (
        <div className="handover-bottom">
          <Next {...shown} />
        </div>
      ) : null}
    </div>
  );
}

/** 交接: the proof on the left, the meaning in the middle, the consent on the right. */
export function HandoverPage() {
  const id = Number(useParams().id);
  const phone = usePhone();
  const query = useHandover(id);
  const list = useHanded(id);
  const handover = query.data;
  const me = useMe().member.id;
  const side = !handover
    ? 'see'
    : handover.giver.id === me
      ? 'give'
      : handover.receivers.some((one) => one.id === me)
        ? 'take'
        : 'see';
  const title = phone && handover ? t(`handovers.phone_${side}`, { n: handover.many }) : t('customers.title');
  return (
    <>
      <TopBar
        title={title}
        sentence={phone && handover ? `${handover.giver.name} → ${toOf(handover)}` : null}
        tabs={phone ? undefined : <CustomerTabs />}
      />
      {query.error && !handover ? (
        <ErrorState failure={query.error} retry={() => void query.refetch()} />
      ) : handover && list.data ? (
        <Loaded
          handover={handover}
          rows={list.data.pages.flatMap((page) => page.items)}
          more={list.hasNextPage ? () => void list.fetchNextPage() : null}
        />
      ) : (
        <SkeletonRows rows={8} height={54} />
      )}
    </>
  );
}

function Loaded({ handover, rows, more }: Pick<Shown, 'handover' | 'rows' | 'more'>) {
  const phone = usePhone();
  const me = useMe().member.id;
  const [params] = useSearchParams();
  const asked = Number(params.get('customer')) || null;
  const [picked, choose] = useState<number | null>(asked);
  const [acts, dialog] = useActs(handover);
  const first = unreadOf({ rows, me })[0] ?? rows[0];
  const chosen = rows.find((row) => row.id === picked)?.id ?? first?.id ?? null;
  const shown: Shown = { handover, rows, chosen, choose, more, acts, me };
  return (
    <div className="handover">
      {phone ? <p className="second handover-stand">{stand(handover)}</p> : <Head handover={handover} />}
      {phone ? <Narrow {...shown} /> : <Wide {...shown} />}
      {dialog}
    </div>
  );
}
