import { Input } from 'antd';
import { dayOf } from '@/lib/calendar';
import { now } from '@/lib/time';
import { t } from '@/locales';
import { firstOf, USUAL } from './pattern';
import { Row } from './Row';

/** How serial numbers are written, with the first one of today. */
export function Pattern({ value, put }: { value: unknown; put: (pattern: string) => void }) {
  const pattern = String(value ?? '');
  const first = firstOf(pattern || USUAL, dayOf(now()));
  return (
    <Row
      label={t('forms.set_pattern')}
      hint={first === null ? undefined : t('forms.set_pattern_next', { v: first })}
    >
      <Input
        value={pattern}
        maxLength={40}
        placeholder={USUAL}
        status={first === null ? 'error' : undefined}
        onChange={(event) => put(event.target.value)}
      />
      {first === null ? (
        <span className="rf-problem" role="alert">
          {t('forms.set_pattern_wrong')}
        </span>
      ) : null}
      <span className="meta">{t('forms.set_pattern_hint')}</span>
    </Row>
  );
}
