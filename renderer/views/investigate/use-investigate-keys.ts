import { useShortcut } from '../../app/shortcuts.ts';
import { call } from '../../data/client.ts';
import { expand, openContext, setEnd } from './actions.ts';
import { eventCaseItem, setRangeEdge } from './menus.ts';
import { request } from './requests.ts';
import { NO_SELECTION } from './state.ts';
import { goBack, goForward, readState, select } from './store.ts';
import { drawnPicture, snapshotItem } from './take-snapshot.ts';

function selectedNode(): { readonly id: string; readonly name: string } | null {
  const { selection } = readState();
  if (selection.kind !== 'nodes' || selection.ids.length === 0) return null;
  const id = selection.ids[0];
  return { id, name: drawnPicture()?.scene.nodes.find((node) => node.id === id)?.label ?? id };
}

function withNode(run: (id: string, name: string) => void): () => void {
  return () => {
    const node = selectedNode();
    if (node) run(node.id, node.name);
  };
}

async function withEvent(run: (detail: Awaited<ReturnType<typeof readEvent>>) => void): Promise<void> {
  const { selection } = readState();
  if (selection.kind === 'event') run(await readEvent(selection.index));
}

function readEvent(index: number) {
  return call('events.detail', { index });
}

async function addSelection(): Promise<void> {
  const { selection } = readState();
  if (selection.kind === 'event') request({ caseItems: [eventCaseItem((await readEvent(selection.index)).row)] });
  else if (selection.kind === 'alert') {
    const { row } = await call('alerts.get', { id: selection.id });
    request({ caseItems: [{ kind: 'alert', key: row.id, label: row.title }] });
  } else request({ caseItems: [snapshotItem()] });
}

/** Keys of the view that need no part of it; those of graph and stream are registered there. */
export function useInvestigateKeys(): void {
  useShortcut('investigate.back', 'alt+arrowleft', 'Step back (filter, range, selection)', goBack, 'Investigate');
  useShortcut('investigate.forward', 'alt+arrowright', 'Step forward', goForward, 'Investigate');
  useShortcut(
    'investigate.start',
    's',
    'Set selected entity as path start',
    withNode((id, name) => setEnd('start', id, name)),
    'Investigate',
  );
  useShortcut(
    'investigate.target',
    't',
    'Set selected entity as path target',
    withNode((id, name) => setEnd('target', id, name)),
    'Investigate',
  );
  useShortcut(
    'investigate.expand',
    'e',
    'Expand neighbors of selected entity',
    withNode((id) => void expand(id)),
    'Investigate',
  );
  useShortcut(
    'investigate.context',
    'c',
    'Context around selected event',
    () => void withEvent(({ row }) => void openContext(row)),
    'Investigate',
  );
  useShortcut('investigate.case', 'a', 'Add selection to case (else the graph)', () => void addSelection(), 'Investigate');
  useShortcut(
    'investigate.from',
    '[',
    'Range begins at selected event',
    () => void withEvent(({ row }) => setRangeEdge('from', row.at)),
    'Investigate',
  );
  useShortcut(
    'investigate.to',
    ']',
    'Range ends at selected event',
    () => void withEvent(({ row }) => setRangeEdge('to', row.at)),
    'Investigate',
  );
  useShortcut('investigate.clear', 'escape', 'Clear selection', () => select(NO_SELECTION), 'Investigate');
}
