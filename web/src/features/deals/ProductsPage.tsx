import { Button, Checkbox, Input } from 'antd';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { type Product, refreshDeals, saveProduct, useProducts } from '@/api/deals';
import { TopBar } from '@/app/TopBar';
import { Amount } from '@/components/deals/Amount';
import { CURRENCIES } from '@/components/deals/words';
import { EmptyState } from '@/components/EmptyState';
import { Trouble } from '@/components/ErrorState';
import { FormModal } from '@/components/FormModal';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { formatMoneyFull } from '@/lib/money';
import { say } from '@/lib/notify';
import { t } from '@/locales';
import { DealTabs } from './DealTabs';
import '@/components/deals/deal-form.css';
import './deals.css';

const NEW = { code: '', name: '', unit: '', prices: {} as Record<string, number>, note: '', retired: false };

function ProductForm({ product, close }: { product: Product | null; close: () => void }) {
  const [draft, setDraft] = useState(product ?? NEW);
  const put = (change: Partial<typeof NEW>) => setDraft({ ...draft, ...change });
  const texts = ['code', 'name', 'unit'] as const;
  return (
    <FormModal
      title={t(product ? 'deals.product_edit' : 'deals.product_new')}
      ready={texts.every((slug) => draft[slug].trim())}
      run={async () => {
        const { code, name, unit, prices, note, retired } = draft;
        await saveProduct({ code, name, unit, prices, note, retired }, product ?? undefined);
        say(t('deals.saved'));
        refreshDeals();
        close();
      }}
      close={close}
      className="deal-form"
    >
      {texts.map((slug) => (
        <label key={slug} htmlFor={`product-${slug}`}>
          <span className="second">{t(`deals.product_${slug}`)}</span>
          <Input
            id={`product-${slug}`}
            value={draft[slug]}
            maxLength={slug === 'name' ? 120 : slug === 'code' ? 40 : 20}
            onChange={(event) => put({ [slug]: event.target.value })}
          />
        </label>
      ))}
      <div className="deal-pair">
        {CURRENCIES.slice(0, 2).map((code) => (
          <label key={code} htmlFor={`product-${code}`}>
            <span className="second">{t('deals.list_price', { code })}</span>
            <Amount
              id={`product-${code}`}
              label={t('deals.list_price', { code })}
              currency={code}
              value={draft.prices[code] ?? null}
              set={(minor) => {
                const { [code]: _, ...rest } = draft.prices;
                put({ prices: minor === null ? rest : { ...rest, [code]: minor } });
              }}
            />
          </label>
        ))}
      </div>
      {product ? (
        <Checkbox checked={draft.retired} onChange={(event) => put({ retired: event.target.checked })}>
          {t('deals.retire')}
        </Checkbox>
      ) : null}
    </FormModal>
  );
}

/** 产品和价目: what the team sells and for how much. */
export function ProductsPage() {
  const phone = usePhone();
  const query = useProducts(true);
  const [open, setOpen] = useState<Product | 'new' | null>(null);
  const items = query.data?.items ?? [];
  const can = query.data?.can;
  return (
    <>
      <TopBar
        title={t(phone ? 'deals.products' : 'deals.title')}
        tabs={phone ? undefined : <DealTabs />}
        action={
          can?.add ? (
            <Button type="primary" icon={<Plus size={16} strokeWidth={1.6} />} onClick={() => setOpen('new')}>
              {t('deals.product_new')}
            </Button>
          ) : null
        }
      />
      <div className="deal-page">
        {query.isPending ? <SkeletonRows rows={8} height={52} /> : null}
        <Trouble query={query} />
        {query.data && !items.length ? (
          <EmptyState title={t('deals.no_products')} hint={t('deals.no_products_hint')} />
        ) : null}
        {items.length ? (
          <ul className="sheet product-list">
            {items.map((one) => (
              <li key={one.id} className="product-row" data-retired={one.retired || undefined}>
                <span className="cut">
                  <b>{one.name}</b> <span className="meta">{one.code}</span>
                  {one.retired ? <span className="meta"> · {t('deals.retired')}</span> : null}
                </span>
                <span className="second">{one.unit}</span>
                <span className="product-prices">
                  {Object.entries(one.prices)
                    .map(([code, minor]) => formatMoneyFull(minor, code))
                    .join(' · ') || '—'}
                </span>
                {can?.update ? (
                  <button type="button" className="act" onClick={() => setOpen(one)}>
                    {t('common.edit')}
                  </button>
                ) : (
                  <span />
                )}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      {open ? <ProductForm product={open === 'new' ? null : open} close={() => setOpen(null)} /> : null}
    </>
  );
}
