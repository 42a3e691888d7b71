import { initialOf } from '@/lib/names';
import './marks.css';

export function Avatar({ name, size = 22 }: { name: string | null | undefined; size?: number }) {
  return (
    <span
      className="avatar"
      style={{ width: size, height: size, fontSize: size > 26 ? 14 : 12 }}
      aria-hidden="true"
    >
      {initialOf(name)}
    </span>
  );
}
