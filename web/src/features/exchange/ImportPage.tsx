import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { cancelImport, importKey, useImport } from '@/api/exchange';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { DoneStep } from './DoneStep';
import { fileName } from './import-view';
import { MappingStep } from './MappingStep';
import { Progress } from './Progress';
import { RowsStep } from './RowsStep';
import { WizardFrame } from './WizardFrame';

/** One take-over: the server's state says which step it is in. */
export function ImportPage() {
  const id = Number(useParams().id);
  const navigate = useNavigate();
  const client = useQueryClient();
  const query = useImport(id);
  const [mapping, setMapping] = useState(false);
  const run = query.data;
  if (query.error && !run) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!run) return <WizardFrame step={1}>{null}</WizardFrame>;
  const again = () => void client.invalidateQueries({ queryKey: importKey(id) });
  const stop = () => cancelImport(id).then(again, sayFailure);
  // What was written before a failure stands, and can be taken back.
  if (run.state === 'failed' && !(run.batch && run.progress?.done)) {
    return (
      <WizardFrame step={1} file={fileName(run)}>
        <EmptyState
          title={t('exchange.failed')}
          hint={`${words(run.error)}${t('exchange.stop')}${t('exchange.untouched')}`}
        >
          <Button type="primary" onClick={() => navigate('/import')}>
            {t('exchange.other_file')}
          </Button>
        </EmptyState>
      </WizardFrame>
    );
  }
  if (run.state === 'reading') {
    return (
      <WizardFrame step={1} file={fileName(run)}>
        <Progress title={t('exchange.reading')} run={run} stop={stop} />
      </WizardFrame>
    );
  }
  if (run.state === 'checking') {
    return (
      <WizardFrame step={2} file={fileName(run)}>
        <Progress title={t('exchange.checking')} run={run} stop={stop} />
      </WizardFrame>
    );
  }
  if (run.state === 'running') {
    return (
      <WizardFrame step={4} file={fileName(run)}>
        <Progress title={t('exchange.running')} run={run} stop={stop} />
      </WizardFrame>
    );
  }
  if (run.state === 'mapping' || (run.state === 'checked' && mapping)) {
    return (
      <MappingStep
        run={run}
        done={() => {
          setMapping(false);
          again();
        }}
      />
    );
  }
  if (run.state === 'checked') return <RowsStep run={run} back={() => setMapping(true)} />;
  return <DoneStep run={run} />;
}
