import { Briefcase } from 'lucide-react';
import type { View } from '../view.ts';
import { CasesPage } from './cases-page.tsx';

export const casesView: View = {
  id: 'cases',
  title: 'Cases',
  icon: Briefcase,
  shortcut: 'g c',
  component: CasesPage,
  count: (status) => status.cases,
};
