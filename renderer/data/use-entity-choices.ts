import { useMemo } from 'react';
import type { EntityKind, EntityRow } from '../../shared/model/entity.ts';
import { useAnswer, useRested } from './use-answer.ts';

const MOST_OFFERED = 12;

/** Entities whose name holds the text, most events first; without a text those with most alerts. Asks once typing rests, and only while `isWanted`. */
export function useEntityChoices(kinds: readonly EntityKind[], text: string, isWanted: boolean) {
  const wanted = useRested(text, 150).trim();
  const { data, isFetching } = useAnswer(
    'entities.page',
    {
      filter: { kinds: [...kinds], ...(wanted === '' ? {} : { text: wanted }) },
      sort: wanted === '' ? 'alerts' : 'events',
      cursor: null,
      limit: MOST_OFFERED,
    },
    isWanted,
  );
  const choices = useMemo(() => (data?.rows ?? []).map((row: EntityRow) => ({ ...row, hint: row.domain })), [data]);
  return { choices, isFetching };
}
