import type { ExclusionDraft } from '../../shared/model/tuning.ts';
import { ok, problem, type Result } from '../../shared/result.ts';
import { formatNetwork, parseNetwork } from './network.ts';

/** An entity id as `shared/model/entity.ts` describes it. */
const ENTITY_ID = /^(sid|account|host|address|service|group|well-known):\S/;

/**
 * A draft as it is stored: trimmed, its range written in one way. Problem `invalid-input` with a sentence that names the part: nothing is chosen
 * (it would hide everything), no range, no entity id, an unknown detection, a role without an entity.
 */
export function checkDraft(draft: ExclusionDraft, isDetection: (id: string) => boolean): Result<ExclusionDraft> {
  const detection = draft.detection.trim();
  const entity = draft.entity.trim();
  const written = draft.network.trim();
  const network = written === '' ? null : parseNetwork(written);
  if (detection === '' && entity === '' && written === '')
    return problem('invalid-input', 'Choose a detection, an entity or an address range: without any of them everything would be hidden.');
  if (detection !== '' && !isDetection(detection))
    return problem('invalid-input', `There is no detection "${detection.slice(0, 64)}". Settings > Detections lists their ids.`);
  if (entity !== '' && !ENTITY_ID.test(entity))
    return problem('invalid-input', `"${entity.slice(0, 100)}" is no entity id such as sid:S-1-5-21-…-1104 or host:srv01.corp.example.`);
  if (entity === '' && draft.role !== 'any') return problem('invalid-input', 'A role needs an entity that plays it.');
  if (written !== '' && network === null)
    return problem(
      'invalid-input',
      `"${written.slice(0, 64)}" is no address or range. Write 10.1.2.3, 10.1.0.0/16 or fe80::/10, with nothing set behind the prefix.`,
    );
  return ok({
    detection,
    entity,
    entityName: entity === '' ? '' : draft.entityName.trim() || entity,
    role: draft.role,
    network: network === null ? '' : formatNetwork(network),
    expiresAt: draft.expiresAt,
    reason: draft.reason.trim(),
  });
}
