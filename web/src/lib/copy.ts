import { t } from '@/locales';
import { say } from './notify';

/** Browsers keep their clipboard for https; over plain http a selection can still be copied. */
function copySelected(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  // Beside what has the focus: a dialog does not let it out.
  (focused?.parentElement ?? document.body).append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}

/** Copies, and says so. */
export async function copy(text: string, said: string = t('common.copied')): Promise<void> {
  const done = navigator.clipboard
    ? await navigator.clipboard.writeText(text).then(
        () => true,
        () => copySelected(text),
      )
    : copySelected(text);
  say(done ? said : t('common.copy_failed'), done ? 'ok' : 'error');
}
