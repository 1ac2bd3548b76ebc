import { shownNames } from '../sync/find-files.ts';

export type PathOf = (shown: string) => string;

/** The store shows a file below the last part of the path it came from; on the command line the path as it was given says which file is meant. */
export function givenPaths(paths: readonly string[]): PathOf {
  const given = shownNames(paths).map((shown, i) => ({ shown, path: paths[i].replace(/[\\/]+$/, '') || paths[i] }));
  return (shown) => {
    const found = given.find((one) => shown === one.shown || shown.startsWith(`${one.shown}/`));
    return found ? found.path + shown.slice(found.shown.length) : shown;
  };
}
