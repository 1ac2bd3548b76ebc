import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../../shared/result.ts';

/** Answers stay fresh until a hint says otherwise: nothing changes behind the engine's back. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
        retry: (failures, error) => !(error instanceof ProblemError) && failures < 1,
      },
      mutations: { networkMode: 'always' },
    },
  });
}
