import { Settings } from 'lucide-react';
import type { View } from '../view.ts';
import { SettingsPage } from './settings-page.tsx';

export const settingsView: View = {
  id: 'settings',
  title: 'Settings',
  icon: Settings,
  shortcut: 'g s',
  component: SettingsPage,
};
