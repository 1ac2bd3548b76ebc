import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Answer, Input, OperationName } from '../../shared/contract/operations.ts';
import { call } from './client.ts';
import { areaOf } from './live.ts';

const ALSO_STALE: Readonly<Record<string, readonly string[]>> = {
  alerts: ['incidents', 'app', 'detections', 'graph'],
  incidents: ['alerts', 'app'],
  entities: ['graph', 'alerts', 'app'],
  imports: ['events', 'alerts', 'incidents', 'entities', 'graph', 'detections', 'app'],
  cases: ['app'],
  sigma: [],
  settings: [],
  tuning: ['detections'],
  exclusions: ['alerts', 'incidents', 'entities', 'events', 'graph', 'detections', 'app'],
};

/** Asks the engine to change something and makes the answers stale that it touches. Problems are thrown to the caller. */
export function useChange() {
  const client = useQueryClient();
  return useCallback(
    async <Name extends OperationName>(name: Name, input: Input<Name>): Promise<Answer<Name>> => {
      const answer = await call(name, input);
      const area = areaOf(name);
      const stale = [area, ...(ALSO_STALE[area] ?? [])];
      void client.invalidateQueries({ predicate: ({ queryKey }) => stale.includes(String(queryKey[0]).split('.')[0]!) });
      return answer;
    },
    [client],
  );
}
