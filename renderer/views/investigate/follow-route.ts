import { call } from '../../data/client.ts';
import { showProblem } from '../../ui/toast.tsx';
import { openIncident, selectAlert, selectEventIndex } from './actions.ts';
import { jumpTo } from './requests.ts';
import { change, openBoard, select } from './store.ts';

/**
 * What links into this view may carry: `entity`, `incident`, `alert`, `event` (stable id) or `index`, and `from` with `to` (microseconds).
 */
export function followRoute(params: Readonly<Record<string, string>>): void {
  follow(params).catch(showProblem);
}

async function follow(params: Readonly<Record<string, string>>): Promise<void> {
  const { entity, incident, alert, event, index, from, to } = params;
  if (from && to) change((state) => ({ ...state, brush: { from: Number(from), to: Number(to) } }));
  if (incident) {
    const { row } = await call('incidents.get', { id: incident });
    openIncident(incident, row.title);
  }
  if (entity) {
    const { row } = await call('entities.get', { id: entity });
    openBoard(row.name, { focus: [entity] });
    select({ kind: 'nodes', ids: [entity] });
  }
  if (alert) {
    const { row } = await call('alerts.get', { id: alert });
    if (!incident) openBoard(row.title, { alertIds: [alert], layout: 'layered' });
    await selectAlert(alert);
  }
  const position = index ? Number(index) : event ? (await call('events.locate', { keys: [event] })).indexes[0] : -1;
  if (position < 0) return;
  const { row } = await call('events.detail', { index: position });
  await selectEventIndex(position);
  jumpTo(row.at);
}
