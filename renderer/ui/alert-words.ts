import type { AlertSource, AlertStatus, Classification, EntityRole } from '../../shared/model/alert.ts';
import type { Confidence } from '../../shared/model/severity.ts';

export const STATUS_WORDS: Readonly<Record<AlertStatus, string>> = { new: 'New', 'in-progress': 'In progress', resolved: 'Resolved' };

export const CLASSIFICATION_WORDS: Readonly<Record<Classification, string>> = {
  'not-set': 'Not set',
  'true-positive': 'True positive',
  'expected-activity': 'Expected activity',
  'false-positive': 'False positive',
};

export const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = { high: 'High', medium: 'Medium', low: 'Low' };

export const ROLE_WORDS: Readonly<Record<EntityRole, string>> = {
  source: 'source',
  actor: 'actor',
  target: 'target',
  host: 'recorded on',
  object: 'object',
};
export const SOURCE_WORDS: Readonly<Record<AlertSource, string>> = {
  keepwatch: 'Keepwatch',
  sigma: 'Sigma',
  imported: 'Imported',
};
