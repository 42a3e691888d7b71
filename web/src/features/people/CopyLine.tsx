import { Button, Input } from 'antd';
import { copy } from '@/lib/copy';
import { t } from '@/locales';

/** A link or secret that is shown once, with what it is above it. */
export function CopyLine({ what, text }: { what: string; text: string }) {
  return (
    <div className="me-made">
      <p>{what}</p>
      <div className="me-line">
        <Input readOnly aria-label={what} value={text} onFocus={(event) => event.target.select()} />
        <Button onClick={() => void copy(text)}>{t('common.copy')}</Button>
      </div>
    </div>
  );
}
