import { ShieldAlert } from 'lucide-react';
import type { View } from '../view.ts';
import { IncidentsPage } from './incidents-page.tsx';

export const incidentsView: View = {
  id: 'incidents',
  title: 'Incidents',
  icon: ShieldAlert,
  shortcut: 'g n',
  component: IncidentsPage,
  count: (status) => status.incidents,
};
