import { Database } from 'lucide-react';
import type { View } from '../view.ts';
import { EvidencePage } from './evidence-page.tsx';

export const evidenceView: View = {
  id: 'evidence',
  title: 'Evidence',
  icon: Database,
  shortcut: 'g e',
  component: EvidencePage,
  count: (status) => status.files,
};
