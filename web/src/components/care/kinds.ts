import {
  BookOpen,
  Cake,
  ClipboardCheck,
  Gift,
  HeartHandshake,
  type LucideIcon,
  Newspaper,
  PartyPopper,
  Phone,
  Sparkles,
  Users,
} from 'lucide-react';

/** One picture for each kind of care, no colour. */
const ICONS: Record<string, LucideIcon> = {
  birthday: Cake,
  festival: PartyPopper,
  industry_news: Newspaper,
  tailored: Sparkles,
  event: Users,
  gift: Gift,
  return_visit: Phone,
  survey: ClipboardCheck,
  training: BookOpen,
};
export const iconOf = (kind: string): LucideIcon => ICONS[kind] ?? HeartHandshake;
