import { NavLink } from 'react-router';
import { type Key, t } from '@/locales';
import './customer-tabs.css';

/** What 关怀 consists of. */
const PLACES: [path: string, label: Key][] = [
  ['/care', 'shell.care_calendar'],
  ['/care/plans', 'shell.care_plans'],
  ['/satisfaction', 'shell.care_satisfaction'],
  ['/complaints', 'shell.care_complaints'],
];

/** 日历 · 计划 · 满意度 · 投诉 */
export function CareTabs() {
  return (
    <nav className="customer-tabs" aria-label={t('shell.care')}>
      {PLACES.map(([path, label]) => (
        <NavLink key={path} to={path} end>
          {t(label)}
        </NavLink>
      ))}
    </nav>
  );
}
