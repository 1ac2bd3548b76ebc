import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Answer, Input, OperationName, Page } from '../../shared/contract/operations.ts';
import { call } from './client.ts';

/** Query keys are `[operation, input]`, so a hint can name the operations whose answers it makes stale. */
export function ask<Name extends OperationName>(name: Name, input: Input<Name>) {
  return queryOptions({
    queryKey: [name, input] as const,
    queryFn: () => call(name, input),
  });
}

type PagedName = {
  [Name in OperationName]: Answer<Name> extends Page<unknown> ? Name : never;
}[OperationName];
type RowOf<Name extends PagedName> = Answer<Name> extends Page<infer Row> ? Row : never;

/** Rows by cursor, page after page; `cursor` is left out of the input. */
export function askPages<Name extends PagedName>(name: Name, input: Omit<Input<Name>, 'cursor'>) {
  return infiniteQueryOptions({
    queryKey: [name, 'pages', input] as const,
    queryFn: async ({ pageParam }) =>
      (await call(name, {
        ...input,
        cursor: pageParam,
      } as Input<Name>)) as unknown as Page<RowOf<Name>>,
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<RowOf<Name>>) => page.next,
  });
}

export function rowsOf<Row>(pages: { readonly pages: readonly Page<Row>[] } | undefined): readonly Row[] {
  return pages?.pages.flatMap((page) => page.rows) ?? [];
}
