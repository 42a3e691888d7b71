import { Button, Input } from 'antd';
import { useState } from 'react';
import { type PathSide, settleSide } from '@/api/process';
import type { Id } from '@/api/types';
import { Refusal } from '@/components/Refusal';
import { words } from '@/lib/names';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';

/** What runs beside the node: done by a press, left out with a reason where the process allows it. */
export function SideNode({ customer, node, may }: { customer: Id; node: PathSide; may: boolean }) {
  const [leaving, setLeaving] = useState(false);
  const [why, setWhy] = useState('');
  const done = useSubmit(() => settleSide(customer, node.key, { done: true }));
  const left = useSubmit(() => settleSide(customer, node.key, { done: false, why }));
  const open = node.state === 'open' && may;
  return (
    <li className="nn-side">
      <div className="nn-side-line">
        <span className="cut">{words(node)}</span>
        {open ? (
          <>
            <Button size="small" loading={done.busy} onClick={() => void done.submit()}>
              {t('process.side_do')}
            </Button>
            {node.optional ? (
              <button type="button" className="act" onClick={() => setLeaving(!leaving)}>
                {t('process.side_leave')}
              </button>
            ) : null}
          </>
        ) : (
          <span className="meta">{t(`process.side_${node.state}`)}</span>
        )}
      </div>
      {open && leaving ? (
        <form
          className="nn-side-line"
          onSubmit={(event) => {
            event.preventDefault();
            if (why.trim() && !left.busy) void left.submit();
          }}
        >
          <Input
            autoFocus
            size="small"
            maxLength={300}
            aria-label={t('process.side_why')}
            placeholder={t('process.side_why')}
            value={why}
            onChange={(event) => setWhy(event.target.value)}
          />
          <Button size="small" htmlType="submit" disabled={!why.trim()} loading={left.busy}>
            {t('process.side_leave')}
          </Button>
        </form>
      ) : null}
      <Refusal failure={done.failure ?? left.failure} />
    </li>
  );
}
