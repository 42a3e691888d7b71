import { Button } from 'antd';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { readOwnPack } from '@/api/packs';
import { useMe } from '@/app/session';
import { sayFailure } from '@/lib/notify';
import { now, wallOf } from '@/lib/time';
import { t } from '@/locales';
import { download, fileNameOf } from './source';

/** Takes the configuration out as one file. */
export function ExportPack() {
  const { org } = useMe();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const { text } = await readOwnPack();
      const { year, month, day } = wallOf(now());
      const two = (figure: number) => String(figure).padStart(2, '0');
      download(fileNameOf(org.name, `${year}-${two(month)}-${two(day)}`), text);
    } catch (failure) {
      sayFailure(failure);
    }
    setBusy(false);
  };
  return (
    <Button icon={<Download size={15} strokeWidth={1.6} />} loading={busy} onClick={() => void run()}>
      {t('packs.export')}
    </Button>
  );
}
