import type { OperationName } from '../../shared/contract/operations.ts';
import { alertOperations } from './alerts.ts';
import { appOperations } from './app.ts';
import { blindSpotOperations } from './blind-spots.ts';
import { caseOperations } from './cases.ts';
import { entityOperations } from './entities.ts';
import { eventOperations } from './events.ts';
import { exclusionOperations } from './exclusions.ts';
import { fileOperations } from './files.ts';
import { graphOperations } from './graph.ts';
import { importOperations } from './imports.ts';
import { incidentEditOperations } from './incident-edits.ts';
import type { Operations } from './operation.ts';
import { sigmaOperations } from './sigma.ts';
import { tuningOperations } from './tuning.ts';
import { whyNotOperations } from './why-not.ts';

/** An answer for every question of the contract: the compiler names what is missing. */
export const operationRegistry: Operations<OperationName> = {
  ...alertOperations,
  ...appOperations,
  ...blindSpotOperations,
  ...caseOperations,
  ...entityOperations,
  ...eventOperations,
  ...exclusionOperations,
  ...fileOperations,
  ...graphOperations,
  ...importOperations,
  ...tuningOperations,
  ...incidentEditOperations,
  ...sigmaOperations,
  ...whyNotOperations,
};
