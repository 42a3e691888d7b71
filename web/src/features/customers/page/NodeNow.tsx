import { Button, Dropdown } from 'antd';
import { Check, ChevronDown, CircleDashed, Copy, ExternalLink, Mail } from 'lucide-react';
import { useState } from 'react';
import type { Asset, CustomerPath, PathNode } from '@/api/process';
import type { CustomerPageData } from '@/api/types';
import { useMe } from '@/app/session';
import { GateRequest } from '@/components/approvals/GateRequest';
import { ClockPie } from '@/components/Clock';
import { copy } from '@/lib/copy';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { moveStage } from '../move';
import { SideNode } from './SideNode';
import '@/components/process/process.css';

/** Words with what is known of this customer in the places that wait for it. */
function filledIn(text: string, { customer, contacts }: CustomerPageData, me: string): string {
  const contact = contacts.find((one) => one.primary) ?? contacts[0];
  const known: Record<string, string | undefined> = { 客户: customer.name, 联系人: contact?.name, 姓名: me };
  return text.replace(/\{([^{}]+)\}/g, (whole, name: string) => known[name] || whole);
}

/** Words to say are copied, a link or a file opens, a mail begins. */
function AssetLine({ asset, page }: { asset: Asset; page: CustomerPageData }) {
  const { kind, title, url } = asset;
  const text = filledIn(asset.text, page, useMe().member.name);
  if (url && !text)
    return (
      <li>
        <ExternalLink size={14} strokeWidth={1.6} aria-hidden="true" />
        <a className="cut" href={url} target="_blank" rel="noreferrer">
          {title || url}
        </a>
      </li>
    );
  const mail = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(text)}`;
  return (
    <li>
      {kind === 'mail' ? (
        <Mail size={14} strokeWidth={1.6} aria-hidden="true" />
      ) : (
        <Copy size={14} strokeWidth={1.6} aria-hidden="true" />
      )}
      <span className="nn-script">
        {url ? (
          <a href={url} target="_blank" rel="noreferrer">
            {title}
          </a>
        ) : (
          <b>{title}</b>
        )}
        <span className="second">{text}</span>
      </span>
      {kind === 'mail' ? (
        <a className="act" href={mail}>
          {t('process.asset_mail')}
        </a>
      ) : (
        <button type="button" className="act" onClick={() => void copy(text)}>
          {t('process.asset_copy')}
        </button>
      )}
    </li>
  );
}

type Goal = Pick<PathNode, 'key' | 'zh' | 'en'>;

/** On to the next node; elsewhere by the arrow beside it. */
function Onward({ page, path, close }: { page: CustomerPageData; path: CustomerPath; close: () => void }) {
  const [busy, setBusy] = useState(false);
  const known = new Map(path.nodes.map((one) => [one.key, one]));
  const ways = (keys: string[]) => keys.flatMap((key) => known.get(key) ?? []);
  const [first, ...others] = ways(path.next);
  const back = ways(path.back);
  const go = async (to: Goal) => {
    setBusy(true);
    close();
    try {
      if (await moveStage(page.customer, to)) say(t('process.moved', { to: words(to) }));
    } catch (failure) {
      sayFailure(failure);
    }
    setBusy(false);
  };
  const items = [
    ...others.map((one) => ({
      key: one.key,
      label: t('process.go', { to: words(one) }),
      onClick: () => void go(one),
    })),
    ...back.map((one) => ({
      key: one.key,
      label: t('process.go_back', { to: words(one) }),
      onClick: () => void go(one),
    })),
    ...path.others.map((one) => ({
      key: one.key,
      label: t('process.go_other', { title: words(one.title) }),
      onClick: () => void go({ key: one.first, ...one.title }),
    })),
  ];
  return (
    <>
      {first ? (
        <Button type="primary" loading={busy} onClick={() => void go(first)}>
          {t('process.go', { to: words(first) })}
        </Button>
      ) : null}
      {items.length ? (
        <Dropdown menu={{ items }} trigger={['click']}>
          <Button icon={<ChevronDown size={15} strokeWidth={1.6} />} iconPlacement="end">
            {t('process.elsewhere')}
          </Button>
        </Dropdown>
      ) : null}
    </>
  );
}

/** The current node: what is done here, what comes out, what is still missing, what helps, and the way on. */
export function NodeNow({
  page,
  path,
  close,
  history,
}: {
  page: CustomerPageData;
  path: CustomerPath;
  close: () => void;
  history: () => void;
}) {
  const { now } = path;
  if (!now) return null;
  const sides = now.side;
  const may = path.can?.move ?? false;
  const facts: [string, string][] = [
    [t('process.output'), now.output],
    [t('process.who'), now.owner?.name ?? ''],
    [t('process.limit'), words(now.limit)],
  ];
  return (
    <div className="node-now">
      <p className="meta">{words(path.playbook?.title)}</p>
      {now.action ? <p className="nn-action">{now.action}</p> : null}
      <dl className="nn-facts">
        {facts
          .filter(([, text]) => text)
          .map(([name, text]) => (
            <div key={name}>
              <dt className="meta">{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
      {now.clock ? (
        <p className="nn-clock" data-tone={now.clock.state}>
          <ClockPie clock={now.clock} size={14} /> <b>{words(now.clock)}</b>
          <span className="meta">{words(now.clock.hint)}</span>
        </p>
      ) : null}
      {now.gate.items.length || now.required_missing.length ? (
        <section>
          <h3>{t('process.gate')}</h3>
          <ul className="nn-gate">
            {now.gate.items.map((item) =>
              item.purpose && !item.met ? (
                <li className="nn-yes" key={`${item.kind}${item.zh}`}>
                  <GateRequest customerId={page.customer.id} purpose={item.purpose} what={item} />
                </li>
              ) : (
                <li key={`${item.kind}${item.zh}`} data-met={item.met || undefined}>
                  {item.met ? (
                    <Check size={14} strokeWidth={1.8} aria-hidden="true" />
                  ) : (
                    <CircleDashed size={14} strokeWidth={1.8} aria-hidden="true" />
                  )}
                  {words(item)}
                  <span className="sr">{t(item.met ? 'process.met' : 'process.not_met')}</span>
                </li>
              ),
            )}
            {now.required_missing.map((one) => (
              <li key={one.field}>
                <CircleDashed size={14} strokeWidth={1.8} aria-hidden="true" />
                {words(one.label)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {sides.length ? (
        <section>
          <h3>{t('process.sides')}</h3>
          <ul>
            {sides.map((one) => (
              <SideNode key={one.key} customer={page.customer.id} node={one} may={may} />
            ))}
          </ul>
        </section>
      ) : null}
      {now.assets.length ? (
        <section>
          <h3>{t('process.assets')}</h3>
          <ul className="nn-assets">
            {now.assets.map((asset) => (
              <AssetLine key={`${asset.kind}${asset.title}${asset.url}`} asset={asset} page={page} />
            ))}
          </ul>
        </section>
      ) : null}
      <footer className="nn-foot">
        {may ? <Onward page={page} path={path} close={close} /> : null}
        <button type="button" className="act" onClick={history}>
          {t('process.log')}
        </button>
      </footer>
    </div>
  );
}
