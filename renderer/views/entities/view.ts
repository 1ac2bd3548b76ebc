import { UsersRound } from 'lucide-react';
import type { View } from '../view.ts';
import { EntitiesPage } from './entities-page.tsx';

export const entitiesView: View = {
  id: 'entities',
  title: 'Entities',
  icon: UsersRound,
  shortcut: 'g t',
  component: EntitiesPage,
  count: (status) => status.entities,
};
