import { t } from '@/locales';

const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/i, '微信'],
  [/DingTalk/i, '钉钉'],
  [/Edg/i, 'Edge'],
  [/Firefox/i, 'Firefox'],
  [/Chrome|CriOS/i, 'Chrome'],
  [/Safari/i, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone/i, 'iPhone'],
  [/iPad/i, 'iPad'],
  [/Android/i, 'Android'],
  [/Windows/i, 'Windows'],
  [/Mac OS/i, 'macOS'],
  [/Linux/i, 'Linux'],
];

/** `Chrome · Windows` of what a browser says of itself; its own words when nothing is known of it. */
export function device(agent: string): string {
  const named = [BROWSERS, SYSTEMS].map((list) => list.find(([sign]) => sign.test(agent))?.[1]);
  return named.filter(Boolean).join(' · ') || agent.slice(0, 40) || t('team.device_unknown');
}

/** A telephone or a tablet rather than a desk. */
export const isMobile = (agent: string) => /iPhone|Android|Mobile/i.test(agent);
