import { useQuery } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import type { Input } from '../../shared/contract/operations.ts';
import type { CaseRow } from '../../shared/model/case-file.ts';
import { call } from './client.ts';
import { ask } from './queries.ts';
import { useChange } from './use-change.ts';

const STORED_AS = 'keepwatch.current-case';
const listeners = new Set<() => void>();
let chosenId = readStored();

function readStored(): number | null {
  try {
    const text = window.localStorage.getItem(STORED_AS);
    return text === null ? null : Number(text);
  } catch {
    return null;
  }
}

/** Which case "add to case" adds to; null leaves it to the case changed last. */
export function chooseCase(caseId: number | null): void {
  chosenId = caseId;
  try {
    if (caseId === null) window.localStorage.removeItem(STORED_AS);
    else window.localStorage.setItem(STORED_AS, String(caseId));
  } catch {
    // Without storage the choice holds until the window closes.
  }
  for (const listener of listeners) listener();
}

function findCurrent(cases: readonly CaseRow[], id: number | null): CaseRow | null {
  const chosen = cases.find((row) => row.id === id);
  if (chosen) return chosen;
  return cases.reduce<CaseRow | null>((latest, row) => (latest === null || row.changedAt > latest.changedAt ? row : latest), null);
}

export function useCurrentCase(): CaseRow | null {
  const id = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosenId,
  );
  const { data } = useQuery(ask('cases.list', {}));
  return data ? findCurrent(data, id) : null;
}

export type EvidenceItem = Input<'cases.addEvidence'>['items'][number];

/** Adds evidence to the current case, and creates one when there is none. Resolves to the case and the ids of what was added. */
export function useAddEvidence() {
  const change = useChange();
  return useCallback(
    async (items: readonly EvidenceItem[]): Promise<{ readonly row: CaseRow; readonly addedIds: readonly number[] }> => {
      const cases = await call('cases.list', {});
      let target = findCurrent(cases, chosenId);
      if (!target) {
        const { analyst } = await call('settings.get', {});
        target = await change('cases.create', { title: 'New case', author: analyst });
        chooseCase(target.id);
      }
      const before = new Set((await call('cases.get', { caseId: target.id })).evidence.map(({ id }) => id));
      const after = await change('cases.addEvidence', { caseId: target.id, items: [...items] });
      return { row: after.row, addedIds: after.evidence.filter(({ id }) => !before.has(id)).map(({ id }) => id) };
    },
    [change],
  );
}
