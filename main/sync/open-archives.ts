import { ZipArchive } from './zip-archive.ts';

type Open = {
  readonly key: string;
  /** From the file on disk inwards; the last one is meant. */
  readonly archives: Promise<readonly ZipArchive[]>;
  users: number;
  timer: NodeJS.Timeout | null;
};

/** Members of one archive are read one after the other: it stays open this long after the last. */
const KEPT_OPEN_MS = 1_500;
const opened = new Map<string, Open>();

/**
 * The archive that lies at `members` inside the file, opened once for all its members: an inner archive has to be unpacked as a whole first.
 * Rejects where it cannot be opened. Give it back when done.
 */
export function borrowArchive(path: string, members: readonly string[]): { archives: Open['archives']; giveBack(): void } {
  const key = JSON.stringify([path, ...members]);
  const known = opened.get(key);
  const open: Open = known ?? { key, archives: openChain(path, members), users: 0, timer: null };
  opened.set(key, open);
  open.users += 1;
  if (open.timer !== null) clearTimeout(open.timer);
  // Whoever reads sees the failure; here it must only not count as unhandled.
  open.archives.catch(() => {});
  return {
    archives: open.archives,
    giveBack: () => {
      open.users -= 1;
      if (open.users > 0) return;
      // Not unref'd: a process that ends in between would leave a spooled archive behind.
      open.timer = setTimeout(() => void close(open), KEPT_OPEN_MS);
    },
  };
}

/** Closes what nobody reads at once; for the end of a run. */
export async function closeIdleArchives(): Promise<void> {
  await Promise.all([...opened.values()].filter(({ users }) => users === 0).map(close));
}

async function close(open: Open): Promise<void> {
  if (open.users > 0) return;
  if (open.timer !== null) clearTimeout(open.timer);
  opened.delete(open.key);
  const archives = await open.archives.catch(() => []);
  for (const archive of [...archives].reverse()) await archive.close();
}

async function openChain(path: string, members: readonly string[]): Promise<readonly ZipArchive[]> {
  const archives = [await ZipArchive.open(path)];
  try {
    for (const name of members) archives.push(await archives[archives.length - 1].openInner(name));
    return archives;
  } catch (error) {
    for (const archive of archives.reverse()) await archive.close();
    throw error;
  }
}
