import { BOUNDS } from '../../shared/contract/bounds.ts';
import type { AlertEvidence } from '../../shared/model/alert.ts';
import { sessionsOf } from '../correlation/sessions-of.ts';
import { detectionRegistry } from '../detections/registry.ts';
import type { AlertDraft } from '../detections/run.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { FoundAlert } from '../store/alert-store.ts';
import type { SigmaResult } from './detect-sigma.ts';
import type { SigmaDraft } from './draft-sigma.ts';
import { withLinkedSessions } from './linked-sessions.ts';

/** An act is in few sessions: the first records of an alert name them. */
const RECORDS_FOR_SESSIONS = 40;

const SIGMA_FIRST_RESPONSE = [
  'Compare the fields above with what the rule looks for: its text is in Settings, Sigma.',
  'Ask the owner of the host or account whether the act was expected, and look at what happened around it in Investigate.',
  'If the rule is too noisy here, switch it, its level or its tag off in Settings, Sigma; its alerts go, and come back when it is switched on.',
];

/** What a run found, with the words, records and logon sessions that go with it. Incidents are found later, when all alerts are known. */
export function* describeAlerts(
  workspace: Workspace,
  drafts: readonly AlertDraft[],
  sigma: Pick<SigmaResult, 'alerts' | 'matches'>,
): Generator<void, FoundAlert[]> {
  const found: FoundAlert[] = [];
  for (const draft of drafts) {
    const alert = foundAlert(workspace, draft);
    const alsoMatched = sigma.matches.get(draft.id);
    found.push(alsoMatched === undefined ? alert : { ...alert, row: { ...alert.row, alsoMatched } });
    yield;
  }
  for (const draft of sigma.alerts) {
    found.push(foundSigmaAlert(workspace, draft));
    yield;
  }
  return yield* withLinkedSessions(workspace, found);
}

function foundAlert(workspace: Workspace, draft: AlertDraft): FoundAlert {
  const detection = detectionRegistry.find((candidate) => candidate.id === draft.detection)!;
  const { evidence, conditions, ...row } = draft;
  return {
    row: { ...row, incidentId: '', isTest: workspace.tuning.of(draft.detection).mode === 'test', hiddenBy: [] },
    ...recordsOf(workspace, evidence),
    whatHappened: detection.whatItSees,
    whyItMatters: detection.whyItMatters,
    benignCauses: detection.benignCauses,
    firstResponse: detection.firstResponse,
    conditions,
  };
}

function foundSigmaAlert(workspace: Workspace, draft: SigmaDraft): FoundAlert {
  const { evidence, conditions, origin, ...row } = draft;
  const status = origin.status === '' ? '' : ` and status ${origin.status}`;
  const author = origin.author === '' ? 'names no author' : `was written by ${origin.author}`;
  return {
    row: { ...row, incidentId: '', isTest: false, hiddenBy: [] },
    ...recordsOf(workspace, evidence),
    whatHappened: origin.description || row.summary,
    whyItMatters: `The rule is of level ${origin.level || 'medium'}${status}; it ${author}. An analyst brought it to this workstation; it is no detection of Keepwatch itself.`,
    benignCauses: origin.falsePositives,
    firstResponse: SIGMA_FIRST_RESPONSE,
    conditions,
    sigma: origin,
  };
}

function recordsOf(workspace: Workspace, evidence: AlertDraft['evidence']): Pick<FoundAlert, 'sessions' | 'evidence'> {
  const held = evidence.slice(0, BOUNDS.evidencePerAlert);
  return {
    sessions: sessionsOf(held.slice(0, RECORDS_FOR_SESSIONS).map((item) => workspace.event(item.eventIndex))),
    evidence: held.map((item): AlertEvidence => {
      const event = workspace.event(item.eventIndex);
      const file = workspace.imports.file(workspace.events.blockOf(item.eventIndex).fileId);
      return {
        eventIndex: item.eventIndex,
        eventKey: workspace.events.table.key(item.eventIndex),
        at: event.at,
        tick: event.tick,
        eventId: event.eventId,
        computer: event.computer,
        file: file?.path ?? '',
        recordId: event.recordId,
        fields: item.fields,
      };
    }),
  };
}
