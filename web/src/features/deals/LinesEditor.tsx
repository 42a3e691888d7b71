import { Input } from 'antd';
import { Plus, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { sentenceOf } from '@/api/client';
import { type DealLine, type LineInput, type Totals, totalsOf, useProducts } from '@/api/deals';
import { Amount } from '@/components/deals/Amount';
import { Pick } from '@/components/Pick';
import { formatMoneyFull } from '@/lib/money';
import { t } from '@/locales';

export const BLANK: LineInput = {
  product_id: null,
  name: '',
  unit: '',
  quantity: '1',
  price: null,
  discount: '',
};
export const typedOf = (line: DealLine): LineInput => ({
  product_id: line.product_id,
  name: line.name,
  unit: line.unit,
  quantity: line.quantity,
  price: line.price,
  discount: line.discount === '0' ? '' : line.discount,
});
export const sentOf = (lines: readonly LineInput[]): LineInput[] =>
  lines.map((line) => ({ ...line, quantity: line.quantity || '0', discount: line.discount || '0' }));
const told = (line: LineInput) => line.product_id !== null || line.name.trim() !== '';

/** What the lines come to, asked of the server, which alone reckons; a moment after the last key. */
export function useTotals(lines: readonly LineInput[], discount: string, currency: string) {
  const [totals, setTotals] = useState<Totals | null>(null);
  const [wrong, setWrong] = useState('');
  const key = JSON.stringify([sentOf(lines), discount, currency]);
  useEffect(() => {
    const [sent, whole, code] = JSON.parse(key) as [LineInput[], string, string];
    if (!sent.length || !sent.every(told)) {
      setTotals(null);
      setWrong('');
      return;
    }
    let stale = false;
    const wait = setTimeout(() => {
      totalsOf(sent, whole, code)
        .then((found) => {
          if (stale) return;
          setTotals(found);
          setWrong('');
        })
        .catch((failure: unknown) => {
          if (stale) return;
          setTotals(null);
          setWrong(sentenceOf(failure));
        });
    }, 250);
    return () => {
      stale = true;
      clearTimeout(wait);
    };
  }, [key]);
  return { totals, wrong };
}

/** Lines of products: from the price list, or in words of one's own. */
export function LinesEditor({
  lines,
  set,
  currency,
  totals,
}: {
  lines: LineInput[];
  set: (lines: LineInput[]) => void;
  currency: string;
  totals: Totals | null;
}) {
  const products = useProducts(true).data?.items ?? [];
  const change = (at: number, part: Partial<LineInput>) =>
    set(lines.map((line, place) => (place === at ? { ...line, ...part } : line)));
  const choices = products
    .filter((one) => !one.retired || lines.some((line) => line.product_id === one.id))
    .map((one) => ({ value: String(one.id), label: one.name, note: one.code }));
  return (
    <div className="deal-lines" role="table" aria-label={t('deals.lines')}>
      <div className="deal-line deal-line-head meta" role="row">
        {(['product', 'quantity', 'price', 'off', 'line_amount'] as const).map((key) => (
          <span role="columnheader" key={key}>
            {t(`deals.${key}`)}
          </span>
        ))}
        <span />
      </div>
      {lines.map((line, at) => {
        const product = products.find((one) => one.id === line.product_id);
        const listed = product?.prices[currency];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name while they are typed
          <div className="deal-line" role="row" key={at}>
            <span role="cell" className="deal-line-what">
              {choices.length ? (
                <Pick
                  label={t('deals.product')}
                  placeholder={t('deals.own_words')}
                  value={line.product_id === null ? null : String(line.product_id)}
                  choices={choices}
                  onChange={(value) => {
                    const next = products.find((one) => String(one.id) === value);
                    change(at, {
                      product_id: next?.id ?? null,
                      name: next?.name ?? '',
                      unit: next?.unit ?? '',
                      price: null,
                    });
                  }}
                />
              ) : null}
              {line.product_id === null ? (
                <Input
                  value={line.name}
                  maxLength={120}
                  aria-label={t('deals.line_name')}
                  placeholder={t('deals.line_name')}
                  onChange={(event) => change(at, { name: event.target.value })}
                />
              ) : null}
            </span>
            <span role="cell">
              <Input
                value={line.quantity}
                inputMode="decimal"
                aria-label={t('deals.quantity')}
                suffix={line.unit}
                onChange={(event) => change(at, { quantity: event.target.value.trim() })}
              />
            </span>
            <span role="cell">
              <Amount
                label={t('deals.price')}
                currency={currency}
                value={line.price}
                hint={listed === undefined ? undefined : (listed / 100).toLocaleString('en-US')}
                set={(price) => change(at, { price })}
              />
            </span>
            <span role="cell">
              <Input
                value={line.discount}
                inputMode="decimal"
                aria-label={t('deals.off')}
                placeholder="0"
                suffix="%"
                onChange={(event) => change(at, { discount: event.target.value.trim() })}
              />
            </span>
            <span role="cell" className="deal-line-sum">
              {totals?.lines[at] === undefined ? '—' : formatMoneyFull(totals.lines[at], currency)}
            </span>
            <button
              type="button"
              className="icon-act"
              aria-label={t('deals.drop_line', { n: at + 1 })}
              onClick={() => set(lines.filter((_, place) => place !== at))}
            >
              <X size={16} strokeWidth={1.6} />
            </button>
          </div>
        );
      })}
      <button type="button" className="act deal-line-add" onClick={() => set([...lines, { ...BLANK }])}>
        <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
        {t('deals.add_line')}
      </button>
    </div>
  );
}
