import { Button } from 'antd';
import { useState } from 'react';
import type { ImportRun } from '@/api/exchange';
import { t } from '@/locales';

/** Long work: how far it is, that it may be left, and how to stop it, which waits for the rows being written. */
export function Progress({
  title,
  run,
  stop,
}: {
  title: string;
  run: ImportRun;
  stop?: () => Promise<void>;
}) {
  const [stopping, setStopping] = useState(false);
  const { done = 0, total = 0 } = run.progress ?? {};
  const share = total ? Math.round((done / total) * 100) : 0;
  return (
    <div className="progress" role="status">
      <h2 className="song">{title}</h2>
      <div
        className="progress-track"
        role="progressbar"
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={title}
      >
        <span style={{ width: `${total ? share : 8}%` }} />
      </div>
      <p className="second">
        {total ? t('exchange.progress', { done, total }) : ''}
        {t('exchange.may_leave')}
      </p>
      {stop ? (
        <Button
          loading={stopping}
          onClick={() => {
            setStopping(true);
            void stop().finally(() => setStopping(false));
          }}
        >
          {t(stopping ? 'exchange.cancelling' : 'exchange.cancel')}
        </Button>
      ) : null}
    </div>
  );
}
