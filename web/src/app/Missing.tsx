import { ErrorState } from '@/components/ErrorState';
import { t } from '@/locales';
import { TopBar } from './TopBar';

/** No screen has this address. */
export function Missing() {
  return (
    <>
      <TopBar title={t('shell.product')} />
      <ErrorState failure={null} missing />
    </>
  );
}
