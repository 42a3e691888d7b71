/** The pattern of a serial number for which nobody has said another one; the same as the server's. */
export const USUAL = '{YYYY}-{0000}';

/** The first number that a pattern gives on a day (2026-03-09); null for what is no pattern. */
export function firstOf(pattern: string, day: string): string | null {
  const [year = '', month = '', date = ''] = day.split('-');
  const dates: Record<string, string> = { YYYY: year, YY: year.slice(2), MM: month, DD: date };
  let numbers = 0;
  let unknown = false;
  const text = pattern.replace(/\{([^{}]*)\}/g, (_all, slot: string) => {
    if (/^0{1,10}$/.test(slot)) {
      numbers += 1;
      return '1'.padStart(slot.length, '0');
    }
    unknown ||= !(slot in dates);
    return dates[slot] ?? '';
  });
  return numbers === 1 && !unknown && !/[{}]/.test(text) ? text : null;
}
