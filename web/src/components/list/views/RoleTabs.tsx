import { Modal } from 'antd';
import { GripVertical } from 'lucide-react';
import { useState } from 'react';
import { queryClient, useViews } from '@/api/queries';
import type { SavedView } from '@/api/types';
import { arrangeTabs, shareView, useRoleTabs } from '@/api/views';
import { Trouble } from '@/components/ErrorState';
import { Pick } from '@/components/Pick';
import { SkeletonRows } from '@/components/Skeletons';
import { UpDown } from '@/components/UpDown';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { useRoles } from '@/lib/roles';
import { t } from '@/locales';
import { useKind } from '../kind';
import { refreshViews } from './keeping';
import { moved, useRowDrag } from './use-row-drag';
import './views.css';

interface Tab {
  key: string;
  name: string;
  saved?: SavedView;
}

const refresh = () =>
  Promise.all([refreshViews(), queryClient.invalidateQueries({ queryKey: ['views', 'role'] })]);

/** Give the role the view, or take it away; without any role it is its owner's alone. */
async function give(view: SavedView, role: string, on: boolean) {
  const rest = view.shared === 'roles' ? view.roles.filter((one) => one !== role) : [];
  const roles = on ? [...rest, role] : rest;
  await shareView(view, roles.length ? 'roles' : 'nobody', roles);
}

function Tabs({ role }: { role: string }) {
  const kind = useKind();
  const mine = useViews(kind);
  const tabs = useRoleTabs(kind.record, role);
  const [order, setOrder] = useState<string[] | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = (mine.data?.items ?? []).filter((one) => !one.saved);
  const all: Tab[] = [
    ...ready.map((one) => ({ key: one.key, name: words(one.label) })),
    ...(tabs.data?.items ?? []).map((saved) => ({ key: String(saved.id), name: saved.name, saved })),
  ];
  const has = ({ saved }: Tab) =>
    !saved || saved.shared === 'all' || (saved.shared === 'roles' && saved.roles.includes(role));
  const wanted = order ?? tabs.data?.keys ?? [];
  const place = (key: string) => (wanted.includes(key) ? wanted.indexOf(key) : wanted.length);
  const shown = all.filter(has).sort((a, b) => place(a.key) - place(b.key));
  const rest = all.filter((one) => !has(one));

  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
    } catch (failure) {
      sayFailure(failure);
    }
    await refresh();
    setOrder(null);
    setBusy(false);
  };
  const arrange = (next: string[]) => {
    setOrder(next);
    void run(() => arrangeTabs(kind.record, next, role));
  };
  const keys = shown.map((one) => one.key);
  const move = (at: number, by: number) => arrange(moved(keys, at, at + by));
  const drag = useRowDrag(keys.length, (from, to) => arrange(moved(keys, from, to)));
  if (tabs.isPending || mine.isPending) return <SkeletonRows rows={6} />;
  return (
    <>
      <Trouble query={tabs} />
      <ol className="role-tabs" ref={drag.list} aria-label={t('views.role_tabs')}>
        {shown.map((tab, at) => (
          <li
            key={tab.key}
            data-lifted={drag.from === at || undefined}
            data-over={drag.over === at || undefined}
          >
            <button
              type="button"
              className="plain role-grip"
              aria-label={t('views.role_move', { name: tab.name })}
              {...drag.handle(at)}
              onKeyDown={(event) => {
                const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
                if (!by) return;
                event.preventDefault();
                if (at + by >= 0 && at + by < keys.length) move(at, by);
              }}
            >
              <GripVertical size={15} strokeWidth={1.6} />
            </button>
            <span className="view-name cut">
              {tab.name}
              {at === 0 ? <span className="meta">{t('views.role_first')}</span> : null}
            </span>
            {tab.saved?.shared === 'all' ? <span className="meta">{t('views.role_all')}</span> : null}
            {tab.saved?.shared === 'roles' ? (
              <button
                type="button"
                className="act"
                disabled={busy}
                onClick={() => void run(() => give(tab.saved as SavedView, role, false))}
              >
                {t('views.role_take')}
              </button>
            ) : null}
            <UpDown at={at} count={keys.length} move={move} />
          </li>
        ))}
      </ol>
      {rest.length ? (
        <>
          <p className="meta role-rest">{t('views.role_rest')}</p>
          <ul className="role-tabs">
            {rest.map((tab) => (
              <li key={tab.key}>
                <span className="view-name cut">{tab.name}</span>
                <button
                  type="button"
                  className="act"
                  disabled={busy}
                  onClick={() => void run(() => give(tab.saved as SavedView, role, true))}
                >
                  {t('views.role_give')}
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {wanted.length ? (
        <button type="button" className="act" disabled={busy} onClick={() => arrange([])}>
          {t('views.order_reset')}
        </button>
      ) : null}
    </>
  );
}

/** Which views a role has over this list, in which order, and which opens first. */
export function RoleTabs({ close }: { close: () => void }) {
  const roles = useRoles();
  const [chosen, setChosen] = useState<string | null>(null);
  const role = chosen ?? roles.data?.[0]?.key ?? null;
  return (
    <Modal open title={t('views.role_tabs')} onCancel={close} footer={null} width={480}>
      <div className="role-form">
        <Pick
          label={t('views.role')}
          clear={false}
          value={role}
          choices={(roles.data ?? []).map((one) => ({ value: one.key, label: words(one) }))}
          onChange={setChosen}
        />
        <p className="meta">{t('views.role_hint')}</p>
        {role ? <Tabs role={role} key={role} /> : null}
      </div>
    </Modal>
  );
}
