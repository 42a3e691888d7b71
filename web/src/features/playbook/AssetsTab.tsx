import { Input, Segmented } from 'antd';
import { Plus, Trash2 } from 'lucide-react';
import type { Asset } from '@/api/process';
import { UpDown } from '@/components/UpDown';
import { t } from '@/locales';
import { moved } from './draft';
import type { Edited } from './NodePanel';
import { KINDS } from './said';

const NEW: Asset = { kind: 'script', title: '', text: '', url: '' };

/** 素材: what helps in this node: words to say, a document, a link, a mail. */
export function AssetsTab({ node, set }: Edited) {
  const { assets } = node;
  const put = (next: Asset[], tag = '') => set({ assets: next }, tag);
  const patch = (at: number, values: Partial<Asset>, tag = '') =>
    put(
      assets.map((one, place) => (place === at ? { ...one, ...values } : one)),
      tag && `${tag}${at}`,
    );
  return (
    <section className="pb-part">
      {assets.length ? null : <p className="second">{t('playbook.assets_none')}</p>}
      <ol className="pb-assets">
        {assets.map((asset, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same words
          <li key={at}>
            <span className="pb-asset-head">
              <Segmented<Asset['kind']>
                size="small"
                aria-label={t('playbook.asset_kind')}
                value={asset.kind}
                options={KINDS.map((value) => ({ value, label: t(`playbook.asset_${value}`) }))}
                onChange={(kind) => patch(at, { kind })}
              />
              <UpDown
                at={at}
                count={assets.length}
                move={(from, by) => put(moved(assets, from, from + by))}
              />
              <button
                type="button"
                className="icon-act"
                aria-label={t('playbook.asset_remove', { n: at + 1 })}
                onClick={() => put(assets.filter((_, place) => place !== at))}
              >
                <Trash2 size={14} strokeWidth={1.6} />
              </button>
            </span>
            <Input
              aria-label={t('playbook.asset_title')}
              value={asset.title}
              maxLength={80}
              placeholder={t(asset.kind === 'mail' ? 'playbook.asset_subject' : 'playbook.asset_title')}
              onChange={(event) => patch(at, { title: event.target.value }, 'title')}
            />
            {asset.kind !== 'link' ? (
              <Input.TextArea
                aria-label={t('playbook.asset_text')}
                autoSize={{ minRows: 2, maxRows: 8 }}
                maxLength={4000}
                value={asset.text}
                placeholder={t('playbook.asset_text')}
                onChange={(event) => patch(at, { text: event.target.value }, 'text')}
              />
            ) : null}
            {asset.kind === 'link' || asset.kind === 'document' ? (
              <Input
                aria-label={t('playbook.asset_url')}
                value={asset.url}
                maxLength={500}
                placeholder="https://"
                onChange={(event) => patch(at, { url: event.target.value.trim() }, 'url')}
              />
            ) : null}
          </li>
        ))}
      </ol>
      <button type="button" className="act pb-add" onClick={() => put([...assets, NEW])}>
        <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
        {t('playbook.asset_add')}
      </button>
    </section>
  );
}
