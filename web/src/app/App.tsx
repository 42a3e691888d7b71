import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { useEffect, useMemo } from 'react';
import { RouterProvider } from 'react-router/dom';
import { onUnauthorized } from '@/api/client';
import { keys, queryClient } from '@/api/queries';
import { ConflictHost } from '@/components/ConflictHost';
import { NoticeStack } from '@/components/NoticeStack';
import { useMedia, usePhone } from '@/lib/media';
import { flushUndo } from '@/lib/undo';
import { usePreferences } from './preferences';
import { router } from './router';
import { antdTheme } from './theme';

export function App() {
  const { mode, locale } = usePreferences();
  const phone = usePhone();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const theme = useMemo(() => antdTheme(mode, phone, still), [mode, phone, still]);

  useEffect(() => {
    onUnauthorized(() => {
      const { pathname, search } = window.location;
      queryClient.setQueryData(keys.session, null);
      if (pathname !== '/login') void router.navigate(`/login?next=${encodeURIComponent(pathname + search)}`);
    });
    window.addEventListener('pagehide', flushUndo);
    return () => window.removeEventListener('pagehide', flushUndo);
  }, []);

  return (
    <ConfigProvider
      locale={locale === 'zh-CN' ? zhCN : enUS}
      theme={theme}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      // A change of language redraws every screen from its words.
      key={locale}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <ConflictHost />
        <NoticeStack />
      </QueryClientProvider>
    </ConfigProvider>
  );
}
