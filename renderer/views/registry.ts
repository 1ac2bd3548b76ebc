import { alertsView } from './alerts/view.ts';
import { casesView } from './cases/view.ts';
import { entitiesView } from './entities/view.ts';
import { evidenceView } from './evidence/view.ts';
import { incidentsView } from './incidents/view.ts';
import { investigateView } from './investigate/view.ts';
import { settingsView } from './settings/view.ts';
import type { View } from './view.ts';

/** In the order of the navigation; the first is home. */
export const VIEWS: readonly View[] = [investigateView, alertsView, incidentsView, entitiesView, evidenceView, casesView, settingsView];
