import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { t } from '@/locales';

export function Missing() {
  const navigate = useNavigate();
  return (
    <EmptyState title={t('common.not_found')} hint={t('common.not_found_hint')}>
      <Button type="primary" onClick={() => navigate('/today')}>
        {t('common.to_today')}
      </Button>
    </EmptyState>
  );
}
