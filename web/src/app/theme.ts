import type { ThemeConfig } from 'antd';

/** Design tokens: one list for the stylesheets (CSS variables) and for antd. */
const LIGHT = {
  paper: '#F6F5F1',
  sheet: '#FFFFFF',
  raised: '#FFFFFF',
  sunken: '#EFEDE6',
  ink: '#1D2422',
  ink2: '#4F5955',
  ink3: '#626B67',
  'on-ink': '#FFFFFF',
  line: '#E7E4DB',
  line2: '#C9C5B9',
  ctl: '#8E948F',
  pine: '#0E6A5E',
  'pine-fill': '#0E6A5E',
  'pine-soft': '#E3F0EC',
  'on-pine': '#FFFFFF',
  verm: '#B83A24',
  'verm-soft': '#FBEAE4',
  'on-verm': '#FFFFFF',
  amber: '#875500',
  'amber-fill': '#BF7F14',
  'amber-soft': '#FAF0D8',
  plum: '#80467A',
  'plum-soft': '#F5EAF3',
  hover: '#FAF9F5',
  selected: '#EFF6F3',
  'heat-0': '#EFEDE6',
  'heat-1': '#F6E3B8',
  'heat-2': '#E9B659',
  'heat-3': '#D07F2A',
  'heat-4': '#A94A22',
  'heat-5': '#6E2314',
  mask: 'rgba(29,36,34,.30)',
  shadow: '0 1px 2px rgba(29,36,34,.06), 0 8px 28px rgba(29,36,34,.12)',
  'toast-ground': '#1D2422',
  'toast-text': '#FFFFFF',
  'toast-act': '#9FDCCB',
  'toast-warn': '#F2A18F',
};
type Tokens = typeof LIGHT;

const DARK: Tokens = {
  paper: '#121614',
  sheet: '#191E1C',
  raised: '#222826',
  sunken: '#0D100F',
  ink: '#E7EAE7',
  ink2: '#AAB4AF',
  ink3: '#8B9590',
  'on-ink': '#121614',
  line: '#2A302D',
  line2: '#3D4541',
  ctl: '#626C67',
  pine: '#5CBFAC',
  'pine-fill': '#1B7A6D',
  'pine-soft': '#1B332E',
  'on-pine': '#FFFFFF',
  verm: '#F28B76',
  'verm-soft': '#3A211C',
  'on-verm': '#121614',
  amber: '#E0B257',
  'amber-fill': '#C08A2E',
  'amber-soft': '#35290F',
  plum: '#CE9BC5',
  'plum-soft': '#332330',
  hover: '#1F2523',
  selected: '#1C2A26',
  'heat-0': '#2A302D',
  'heat-1': '#4A3A1A',
  'heat-2': '#7A5420',
  'heat-3': '#B5702B',
  'heat-4': '#E0914A',
  'heat-5': '#F6C892',
  mask: 'rgba(0,0,0,.50)',
  shadow: '0 1px 2px rgba(0,0,0,.4), 0 10px 32px rgba(0,0,0,.5)',
  'toast-ground': '#E7EAE7',
  'toast-text': '#121614',
  'toast-act': '#0E6A5E',
  'toast-warn': '#B83A24',
};

export type Mode = 'light' | 'dark';
export const SANS =
  "'PingFang SC','HarmonyOS Sans SC',MiSans,'Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',system-ui,sans-serif";

/** Put the tokens of a mode on the page as CSS variables (`--pine`, `--ink2`, …). */
export function paint(mode: Mode): void {
  const root = document.documentElement;
  for (const [name, value] of Object.entries(mode === 'dark' ? DARK : LIGHT)) {
    root.style.setProperty(`--${name}`, value);
  }
  root.dataset.theme = mode;
  root.style.colorScheme = mode;
  const bar = document.querySelector('meta[name="theme-color"]');
  bar?.setAttribute('content', (mode === 'dark' ? DARK : LIGHT).paper);
}

/** The same tokens for antd. `phone` makes every control at least 40 px high. */
export function antdTheme(mode: Mode, phone: boolean, still = false): ThemeConfig {
  const c = mode === 'dark' ? DARK : LIGHT;
  return {
    hashed: false,
    token: {
      colorPrimary: c['pine-fill'],
      colorPrimaryHover: mode === 'dark' ? '#23897B' : '#0B5A50',
      colorPrimaryActive: mode === 'dark' ? '#166A5F' : '#094B43',
      colorPrimaryBg: c['pine-soft'],
      colorLink: c.pine,
      colorLinkHover: c.pine,
      colorLinkActive: c.pine,
      colorSuccess: c.pine,
      colorError: c.verm,
      colorErrorBg: c['verm-soft'],
      colorWarning: c.amber,
      colorWarningBg: c['amber-soft'],
      colorInfo: c.pine,
      colorBgLayout: c.paper,
      colorBgContainer: c.sheet,
      colorBgElevated: c.raised,
      colorBgMask: c.mask,
      colorText: c.ink,
      colorTextSecondary: c.ink2,
      colorTextTertiary: c.ink3,
      colorTextQuaternary: c.ink3,
      colorTextDisabled: c.ink3,
      colorBgContainerDisabled: c.sunken,
      colorBorderDisabled: c.line,
      colorTextPlaceholder: c.ink3,
      colorTextDescription: c.ink2,
      colorTextHeading: c.ink,
      colorTextLightSolid: '#FFFFFF',
      colorIcon: c.ink3,
      colorIconHover: c.ink,
      colorBorder: c.line2,
      colorBorderSecondary: c.line,
      colorSplit: c.line,
      colorFillTertiary: c.sunken,
      colorFillSecondary: c.sunken,
      colorFillQuaternary: c.hover,
      colorBgTextHover: c.hover,
      controlItemBgHover: c.hover,
      controlItemBgActive: c.selected,
      controlItemBgActiveHover: c.selected,
      controlOutline: 'transparent',
      borderRadius: 6,
      borderRadiusSM: 4,
      borderRadiusLG: 8,
      controlHeight: phone ? 44 : 32,
      controlHeightSM: phone ? 40 : 26,
      fontFamily: SANS,
      fontSize: 14,
      fontWeightStrong: 600,
      lineHeight: 22 / 14,
      // The stylesheet alone would end antd's movements before it listens for their end: menus that stay, dialogs that never come.
      motion: !still,
      motionDurationFast: '0.1s',
      motionDurationMid: '0.16s',
      motionDurationSlow: '0.22s',
      boxShadow: c.shadow,
      boxShadowSecondary: c.shadow,
      boxShadowTertiary: 'none',
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 400 },
      Input: { activeShadow: 'none', errorActiveShadow: 'none' },
      Select: { optionSelectedFontWeight: 600 },
      Modal: { titleFontSize: 16 },
      Segmented: { trackBg: c.sunken, itemSelectedBg: c.sheet },
      Form: { verticalLabelPadding: '0 0 4px', itemMarginBottom: 16 },
    },
  };
}
