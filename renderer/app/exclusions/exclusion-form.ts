import type { AlertRow } from '../../../shared/model/alert.ts';
import { DAY, type Micros } from '../../../shared/model/time.ts';
import type { Exclusion, ExclusionDraft, ExclusionRole } from '../../../shared/model/tuning.ts';
import { formatTime, parseZoned } from '../../ui/time-format.ts';

/** What the dialog holds while somebody writes; the end as it was typed, in the zone on screen. */
export type ExclusionForm = {
  readonly detection: string;
  readonly entity: string;
  readonly entityName: string;
  readonly role: ExclusionRole;
  readonly network: string;
  readonly end: 'never' | '7' | '30' | '90' | 'moment';
  readonly moment: string;
  readonly reason: string;
};

const EMPTY_FORM: ExclusionForm = {
  detection: '',
  entity: '',
  entityName: '',
  role: 'any',
  network: '',
  end: '30',
  moment: '',
  reason: '',
};

export function formOfNothing(part: Partial<ExclusionForm> = {}): ExclusionForm {
  return { ...EMPTY_FORM, ...part };
}

export function formOfExclusion(exclusion: Exclusion, zone: string): ExclusionForm {
  const { detection, entity, entityName, role, network, reason, expiresAt } = exclusion;
  const end = expiresAt === null ? 'never' : 'moment';
  return {
    detection,
    entity,
    entityName,
    role,
    network,
    reason,
    end,
    moment: expiresAt === null ? '' : formatTime(expiresAt, zone, 'minute'),
  };
}

/**
 * The detection, and whoever acted, where it came from or whom it struck: the first that is alone of its kind in that part, since an exclusion by one
 * of several would not hide this alert.
 */
export function formOfAlert({ detection, entities }: AlertRow): ExclusionForm {
  for (const role of ['actor', 'source', 'target'] as const) {
    const inRole = entities.filter((entity) => entity.role === role);
    const found = inRole.find(({ id, kind }) => inRole.every((other) => other.id === id || other.kind !== kind));
    if (found) return formOfNothing({ detection, entity: found.id, entityName: found.name, role });
  }
  return formOfNothing({ detection });
}

/** As the engine takes it; an end that cannot be read is told in `wrong`. */
export function draftOfForm(form: ExclusionForm, zone: string, now: Micros): { readonly draft: ExclusionDraft; readonly wrong: string } {
  const { end, moment, ...rest } = form;
  const typed = end === 'moment' ? parseZoned(moment, zone) : null;
  const wrong = end === 'moment' && typed === null ? 'Write the end as 2027-01-31, with a time as 2027-01-31 18:00.' : '';
  const ahead = end === 'never' || end === 'moment' ? typed : Math.floor(now) + Number(end) * DAY;
  return { draft: { ...rest, expiresAt: ahead, role: rest.entity === '' ? 'any' : rest.role }, wrong };
}
