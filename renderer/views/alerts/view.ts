import { Siren } from 'lucide-react';
import type { View } from '../view.ts';
import { AlertsPage } from './alerts-page.tsx';

export const alertsView: View = {
  id: 'alerts',
  title: 'Alerts',
  icon: Siren,
  shortcut: 'g a',
  component: AlertsPage,
  count: (status) => status.openAlerts,
};
