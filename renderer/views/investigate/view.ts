import { Waypoints } from 'lucide-react';
import type { View } from '../view.ts';
import { InvestigatePage } from './investigate-page.tsx';

export const investigateView: View = {
  id: 'investigate',
  title: 'Investigate',
  icon: Waypoints,
  shortcut: 'g i',
  component: InvestigatePage,
};
