import { useSyncExternalStore } from 'react';
import { setRequestLanguage } from '@/api/client';
import type { ThemeChoice } from '@/api/types';
import { recall, remember } from '@/lib/store';
import { guessLocale, type Locale, loadLocale } from '@/locales';
import { type Mode, paint } from './theme';

interface Preferences {
  theme: ThemeChoice;
  locale: Locale;
  mode: Mode;
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function modeOf(theme: ThemeChoice): Mode {
  if (theme !== 'system') return theme;
  return dark.matches ? 'dark' : 'light';
}

const firstTheme = recall<ThemeChoice>('theme') ?? 'system';
let state: Preferences = {
  theme: firstTheme,
  locale: recall<Locale>('locale') ?? guessLocale(navigator.languages),
  mode: modeOf(firstTheme),
};

function change(next: Partial<Preferences>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

export function setTheme(theme: ThemeChoice): void {
  remember('theme', theme);
  paint(modeOf(theme));
  change({ theme, mode: modeOf(theme) });
}

export async function setLocale(locale: Locale): Promise<void> {
  await loadLocale(locale);
  remember('locale', locale);
  setRequestLanguage(locale);
  document.documentElement.lang = locale;
  change({ locale });
}

/** Before the first drawing: colours and words. */
export async function startPreferences(): Promise<void> {
  paint(state.mode);
  dark.addEventListener('change', () => setTheme(state.theme));
  setRequestLanguage(state.locale);
  document.documentElement.lang = state.locale;
  await loadLocale(state.locale);
}

export const usePreferences = (): Preferences =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
