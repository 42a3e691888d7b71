import { Button } from 'antd';
import { CalendarClock, Check, PenLine, UserCheck } from 'lucide-react';
import type { DeskItem } from '@/api/types';
import { Moving } from '@/components/MoveMenu';
import { FIXED, SETTLED_BY } from '@/components/ownership/settle';
import type { Move } from '@/lib/moving';
import { t } from '@/locales';

export interface RowVerbs {
  log: () => void;
  done: () => void;
  move: (to: Move) => void;
  moving: boolean;
  setMoving: (open: boolean) => void;
}

/** 写跟进, 完成, 改期: always in sight, filled only in the chosen row. */
export function RowActions({ item, chosen, verbs }: { item: DeskItem; chosen: boolean; verbs: RowVerbs }) {
  const own = SETTLED_BY[item.kind];
  return (
    <span className="desk-acts">
      <Button
        type={chosen ? 'primary' : 'text'}
        className={chosen ? undefined : 'desk-log'}
        icon={
          item.kind === 'takeup' ? (
            <UserCheck size={15} strokeWidth={1.6} />
          ) : item.customer ? (
            <PenLine size={15} strokeWidth={1.6} />
          ) : (
            <Check size={15} strokeWidth={1.6} />
          )
        }
        // Without a customer there is nothing to write about.
        onClick={item.customer && !own ? verbs.log : verbs.done}
      >
        {t(own ?? (item.customer ? 'common.log' : 'desk.done'))}
      </Button>
      {item.kind === 'takeup' ? (
        <button
          type="button"
          className="icon-act desk-small"
          aria-label={`${t('common.log')}：${item.act}`}
          title={`${t('common.log')} (L)`}
          onClick={verbs.log}
        >
          <PenLine size={17} strokeWidth={1.6} />
        </button>
      ) : null}
      {item.customer && !own ? (
        <button
          type="button"
          className="icon-act desk-small"
          aria-label={`${t('desk.done')}：${item.act}`}
          title={`${t('desk.done')} (E)`}
          onClick={verbs.done}
        >
          <Check size={17} strokeWidth={1.6} />
        </button>
      ) : null}
      {FIXED.has(item.kind) ? null : (
        <Moving item={item} open={verbs.moving} setOpen={verbs.setMoving} choose={verbs.move}>
          <button
            type="button"
            className="icon-act desk-small"
            aria-label={`${t(item.id === null ? 'desk.plan' : 'desk.reschedule')}：${item.act}`}
            title={`${t(item.id === null ? 'desk.plan' : 'desk.reschedule')} (H)`}
          >
            <CalendarClock size={17} strokeWidth={1.6} />
          </button>
        </Moving>
      )}
    </span>
  );
}
