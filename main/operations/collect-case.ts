import type { Micros } from '../../shared/model/time.ts';
import type { Workspace } from '../engine/workspace.ts';
export function collectCase(workspace: Workspace, caseId: number, _now: Micros): unknown {
  return workspace.cases.get(caseId);
}
