import { createRoot } from 'react-dom/client';
import { api } from './api/client';
import { keys, queryClient } from './api/queries';
import type { Session } from './api/types';
import { App } from './app/App';
import { startPreferences } from './app/preferences';
import './app/base.css';

// The session is asked for while the words of the language are still on their way.
void queryClient.prefetchQuery({
  queryKey: keys.session,
  queryFn: () => api.get<Session>('/session', { quiet401: true }),
  retry: false,
});

void startPreferences().then(() => {
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App />);
});

// The development server has no hashed files to keep.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  window.addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => {}));
}
