import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { IncidentEdit, IncidentEditKind, IncidentRow } from '../../shared/model/incident.ts';
import { ok, problem } from '../../shared/result.ts';
import { regroupAlerts } from '../sync/group-alerts.ts';
import type { Context, Operations } from './operation.ts';

const GONE = 'This incident is no longer there: its alerts were removed or belong to another incident now. Choose again from the list.';

/** Which alerts belong together, said by hand. What comes out holds at once, and again after every later run. */
export const incidentEditOperations: Operations<'incidents.merge' | 'incidents.split' | 'incidents.undoEdit'> = {
  'incidents.merge': ({ ids }, context) => {
    const rows = [...new Set(ids)].map((id) => context.workspace.incident(id));
    const found = rows.filter((row): row is IncidentRow => row !== null);
    if (found.length < rows.length) return problem('not-found', GONE);
    if (found.length < 2) return problem('invalid-input', 'One incident alone cannot be merged. Choose two or more.');
    const alertIds = found.flatMap((row) => row.alertIds);
    if (alertIds.length > BOUNDS.bulkIds) return problem('invalid-input', tooMany(alertIds.length));
    return ok(edited(context, 'merge', alertIds, []));
  },

  'incidents.split': ({ id, alertIds }, context) => {
    const row = context.workspace.incident(id);
    if (row === null) return problem('not-found', GONE);
    const chosen = new Set(alertIds);
    const own = row.alertIds.filter((alert) => chosen.has(alert));
    const rest = row.alertIds.filter((alert) => !chosen.has(alert));
    if (own.length === 0 || own.length < chosen.size)
      return problem(
        'invalid-input',
        'Some of these alerts are not in the incident any more. Open it again, then choose the alerts to split off.',
      );
    if (rest.length === 0)
      return problem('invalid-input', 'All alerts of the incident are chosen: nothing would be left. Leave at least one.');
    if (row.alertIds.length > BOUNDS.bulkIds) return problem('invalid-input', tooMany(row.alertIds.length));
    const done = edited(context, 'split', own, rest);
    return ok({ ...done, restId: context.workspace.alerts.row(rest[0])?.incidentId ?? '' });
  },

  'incidents.undoEdit': ({ editId, undone }, context) => {
    const { workspace, now } = context;
    if (!workspace.incidentEdits.setUndone(editId, undone ? now() : null))
      return problem('not-found', 'This change was never made in this store: nothing to take back.');
    regrouped(context);
    return ok({ undone });
  },
};

function edited(
  context: Context,
  kind: IncidentEditKind,
  alertIds: readonly string[],
  restIds: readonly string[],
): { edit: IncidentEdit; incidentId: string } {
  const { workspace, now } = context;
  const edit = workspace.incidentEdits.add({ kind, alertIds, restIds, author: workspace.settings.all().analyst, at: now() });
  regrouped(context);
  return { edit, incidentId: workspace.alerts.row(alertIds[0])?.incidentId ?? '' };
}

function regrouped({ workspace, hint }: Context): void {
  regroupAlerts(workspace);
  hint('alerts.changed', { alerts: workspace.alerts.count });
}

function tooMany(count: number): string {
  return `That would be ${count.toLocaleString('en-US')} alerts; by hand at most ${BOUNDS.bulkIds.toLocaleString('en-US')} can be moved at once.`;
}
