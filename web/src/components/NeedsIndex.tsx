import { Button } from 'antd';
import { Gauge } from 'lucide-react';
import { type ApiError, api } from '@/api/client';
import { say } from '@/lib/notify';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { EmptyState } from './EmptyState';
import { Refusal } from './Refusal';

interface Wanted {
  record_type: string;
  keys: string[];
  /** It is wanted already, and not there yet. */
  building: boolean;
  can: boolean;
}

/** A list by own fields that would read too many rows: the reason, and for whoever may, the index at one press. */
export function NeedsIndex({ failure, retry }: { failure: ApiError; retry?: () => void }) {
  const { record_type, keys, building, can } = failure.extra as unknown as Wanted;
  const {
    busy,
    failure: refused,
    submit,
  } = useSubmit(async () => {
    for (const key of keys) await api.put(`/designs/${record_type}/fields/${key}/index`, { wanted: true });
    say(t('fields.index_begun'));
    retry?.();
  });
  return (
    <EmptyState
      title={t(building ? 'fields.index_building' : 'fields.index_needed')}
      hint={failure.message}
      picture={<Gauge className="state-icon" size={40} strokeWidth={1.2} aria-hidden="true" />}
    >
      {can ? (
        <Button type="primary" loading={busy} onClick={() => void submit()}>
          {t('fields.index_build')}
        </Button>
      ) : retry ? (
        <Button onClick={retry}>{t('common.retry')}</Button>
      ) : null}
      <Refusal failure={refused} />
    </EmptyState>
  );
}
