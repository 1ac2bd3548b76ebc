import { useSyncExternalStore } from 'react';

/** Where the window stands: `#/<view>?<name>=<value>...`. */
export type Route = {
  readonly view: string;
  readonly params: Readonly<Record<string, string>>;
};
export type RouteParams = Readonly<Record<string, string | number | null | undefined>>;

export const HOME = 'investigate';

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  return {
    view: path.split('/')[0] || HOME,
    params: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** The link to a view, for `href`; parameters that are null, undefined or empty are left out. */
export function linkTo(view: string, params: RouteParams = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `#/${view}?${text}` : `#/${view}`;
}

/** `replace` keeps the back button for steps that matter. */
export function navigate(view: string, params: RouteParams = {}, how: 'push' | 'replace' = 'push'): void {
  const link = linkTo(view, params);
  if (link === window.location.hash) return;
  if (how === 'push') {
    window.location.hash = link;
    return;
  }
  window.history.replaceState(window.history.state, '', link);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

let known: { hash: string; route: Route } = { hash: '', route: parseRoute('') };

function readRoute(): Route {
  const hash = window.location.hash;
  if (hash !== known.hash) known = { hash, route: parseRoute(hash) };
  return known.route;
}

const followers = new Set<() => void>();

/**
 * One listener for all followers: told apart by the browser, a view that is about to leave would first see, and follow, a route that is meant for
 * another.
 */
function tellFollowers(): void {
  for (const follower of [...followers]) follower();
}

function followRoute(follower: () => void): () => void {
  if (followers.size === 0) window.addEventListener('hashchange', tellFollowers);
  followers.add(follower);
  return () => {
    followers.delete(follower);
    if (followers.size === 0) window.removeEventListener('hashchange', tellFollowers);
  };
}

export function useRoute(): Route {
  return useSyncExternalStore(followRoute, readRoute);
}
