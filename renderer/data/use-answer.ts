import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Input, OperationName } from '../../shared/contract/operations.ts';
import { ask } from './queries.ts';

/** An answer that stays on screen until the next one is there; `isEnabled` false asks nothing. */
export function useAnswer<Name extends OperationName>(name: Name, input: Input<Name>, isEnabled = true) {
  return useQuery({ ...ask(name, input), placeholderData: keepPreviousData, enabled: isEnabled });
}

/** Follows a value after it has rested for a while; a drag asks once and not at every pixel. */
export function useRested<Value>(value: Value, restMs: number): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(setRested, restMs, () => value);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return rested;
}
