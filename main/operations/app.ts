import packageJson from '../../package.json' with { type: 'json' };
import type { DetectionRow, Settings } from '../../shared/contract/operations.ts';
import { type AlertRow, type AlertShelf, shelfOf } from '../../shared/model/alert.ts';
import { ok } from '../../shared/result.ts';
import { catalogueRows } from '../detections/catalogue.ts';
import { detectionRegistry } from '../detections/registry.ts';
import type { Operations } from './operation.ts';
import { tuningOf } from './tuning.ts';

export const appOperations: Operations<
  'app.status' | 'app.cannotFire' | 'settings.get' | 'settings.set' | 'detections.list' | 'detections.catalogue'
> = {
  'app.status': (_input, { workspace, runner, storeFolder }) => {
    const { table } = workspace.events;
    const alerts = workspace.alerts.all();
    return ok({
      version: packageJson.version,
      runtime: '',
      storePath: storeFolder,
      storeBytes: workspace.database.sizeBytes(),
      events: table.count,
      files: workspace.imports.count(),
      alerts: alerts.length,
      openAlerts: alerts.filter((alert) => alert.status !== 'resolved' && alert.severity !== 'informational').length,
      incidents: workspace.alerts.incidents().length,
      entities: workspace.resolution().entities.length - 1,
      cases: workspace.cases.count(),
      span: table.count === 0 ? null : { from: table.firstAt, to: table.lastAt },
      runningImports: runner.isRunning() ? 1 : 0,
      memoryBytes: process.memoryUsage.rss(),
      hasNativeDialogs: false,
      notes: [...workspace.database.notes, ...runner.notes()],
    });
  },

  'app.cannotFire': (_input, { runner }) => ok(runner.cannotFire()),

  'settings.get': (_input, { workspace }) => ok(workspace.settings.all()),

  'settings.set': ({ name, value }, { workspace, hint }) => {
    workspace.settings.set(name as keyof Settings, value);
    hint('settings.changed', {});
    return ok(workspace.settings.all());
  },

  'detections.catalogue': (_input, { workspace }) => {
    const imported = new Map<string, number>();
    for (const { imported: mark } of workspace.alerts.everything()) {
      if (mark) imported.set(mark.catalogue, (imported.get(mark.catalogue) ?? 0) + 1);
    }
    return ok(catalogueRows(detectionRegistry).map((row) => ({ ...row, imported: imported.get(row.key) ?? 0 })));
  },

  'detections.list': (_input, { workspace, runner }) => {
    const blind = new Map(runner.cannotFire().map((row) => [row.detection, row.reason]));
    const found = workspace.alerts.everything();
    const rows: DetectionRow[] = detectionRegistry.map((detection) => ({
      id: detection.id,
      externalId: detection.externalId,
      title: detection.title,
      severity: detection.severity,
      techniques: detection.techniques,
      tactics: detection.tactics,
      whatItSees: detection.whatItSees,
      reads: detection.reads.map((read) => `${read.channel}: ${read.eventIds.join(', ')}`),
      benignCauses: detection.benignCauses,
      ...countsOf(found.filter((alert) => alert.detection === detection.id)),
      cannotFire: blind.get(detection.id) ?? '',
      ...tuningOf(workspace, detection),
    }));
    return ok(rows);
  },
};

/** How many alerts of a detection stand on which shelf. */
function countsOf(alerts: readonly AlertRow[]): Pick<DetectionRow, 'alerts' | 'hiddenAlerts' | 'testAlerts'> {
  const on = (shelf: AlertShelf) => alerts.filter((alert) => shelfOf(alert) === shelf).length;
  return { alerts: on('queue'), hiddenAlerts: on('hidden'), testAlerts: on('test') };
}
