import { Button, Checkbox, Popover } from 'antd';
import { useState } from 'react';
import type { QueueItem } from '@/api/approvals';
import { shortFirm, words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';

/** Several new files at once: choose them, then one class for all. */
export function BatchFiles({
  rows,
  pass,
}: {
  rows: QueueItem[];
  pass: (items: QueueItem[], intent: string) => Promise<void>;
}) {
  const labels = useLabels();
  const [chosen, setChosen] = useState<number[]>([]);
  const [open, setOpen] = useState(false);
  const items = rows.filter((row) => chosen.includes(row.id));
  const give = async (intent: string) => {
    setOpen(false);
    await pass(items, intent);
    setChosen([]);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="topLeft"
      arrow={false}
      content={
        <div className="batch-files">
          {rows.map((row) => (
            <Checkbox
              key={row.id}
              checked={chosen.includes(row.id)}
              onChange={(event) =>
                setChosen((all) =>
                  event.target.checked ? [...all, row.id] : all.filter((one) => one !== row.id),
                )
              }
            >
              {shortFirm(row.customer?.name ?? row.title)}
            </Checkbox>
          ))}
          <span className="batch-classes">
            {labels.options('intent_class').map((one) => (
              <Button key={one.key} disabled={items.length === 0} onClick={() => void give(one.key)}>
                {words(one)}
              </Button>
            ))}
          </span>
        </div>
      }
    >
      <Button>{t('reviews.batch')}</Button>
    </Popover>
  );
}
