import { instantOf, wallOf } from '@/lib/time';

const two = (figure: number) => String(figure).padStart(2, '0');

/** An instant as `2026-11-24T10:06` on the organisation's wall clock. */
export function toWallText(iso: string): string {
  const wall = wallOf(iso);
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}`;
}

/** `2026-11-24 10:06`, also with `/`, `.` or 年月日 and full-width colon, as an instant; else null. */
export function fromWallText(text: string): string | null {
  const found = /^\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T\s]+(\d{1,2})[:：](\d{2})/.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  const real = new Date(Date.UTC(year, month - 1, day));
  if (real.getUTCMonth() !== month - 1 || hour > 23 || minute > 59) return null;
  return instantOf({ year, month, day, hour, minute });
}
