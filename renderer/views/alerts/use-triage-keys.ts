import type { AlertRow } from '../../../shared/model/alert.ts';
import { useAddToCase } from '../../app/add-to-case.ts';
import { evidenceOfAlert } from '../../app/evidence-of-alert.ts';
import { navigate } from '../../app/router.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { rowAtStep } from '../../ui/table-keys.ts';
import { type Triage, useTriage } from './use-triage.ts';

type Props = {
  readonly rows: readonly AlertRow[];
  readonly active: string | null;
  readonly checkedRows: readonly AlertRow[];
  readonly checked: ReadonlySet<string>;
  readonly setChecked: (checked: ReadonlySet<string>) => void;
  readonly activate: (id: string | null) => void;
};

const keyOf = (row: AlertRow) => row.id;

/** Triage without the mouse: move, judge, next. Acts on the checked alerts, else on the one under the cursor. */
export function useTriageKeys({ rows, active, checkedRows, checked, setChecked, activate }: Props) {
  const apply = useTriage();
  const addToCase = useAddToCase();
  const chosen = checkedRows.length > 0 ? checkedRows : rows.filter((row) => row.id === active);
  const step = (steps: number) => {
    const row = rowAtStep(rows, keyOf, active, steps);
    if (row) activate(row.id);
  };
  const triage = async (targets: readonly AlertRow[], change: Triage) => {
    const leaves = change.status === 'resolved' && targets.some(({ id }) => id === active);
    const next = leaves ? rows[rows.findIndex(({ id }) => id === active) + 1] : undefined;
    await apply(targets, change);
    if (checkedRows.length > 0) setChecked(new Set());
    if (next) activate(next.id);
  };
  const group = 'Alerts';
  useShortcut('alert-next', 'j', 'Next alert', () => step(1), group);
  useShortcut('alert-previous', 'k', 'Previous alert', () => step(-1), group);
  useShortcut('alert-check', 'x', 'Check or uncheck', () => active && setChecked(toggled(checked, active)), group);
  useShortcut('alert-resolve', 'e', 'Resolve', () => void triage(chosen, { status: 'resolved' }), group);
  useShortcut('alert-progress', 'p', 'In progress', () => void triage(chosen, { status: 'in-progress' }), group);
  useShortcut('alert-reopen', 'n', 'Open again as new', () => void triage(chosen, { status: 'new' }), group);
  useShortcut('alert-true', '1', 'Classify as true positive', () => void triage(chosen, { classification: 'true-positive' }), group);
  useShortcut(
    'alert-expected',
    '2',
    'Classify as expected activity',
    () => void triage(chosen, { classification: 'expected-activity' }),
    group,
  );
  useShortcut('alert-false', '3', 'Classify as false positive', () => void triage(chosen, { classification: 'false-positive' }), group);
  useShortcut('alert-case', 'a', 'Add to case', () => void addToCase(chosen.map(evidenceOfAlert)), group);
  useShortcut('alert-graph', 'v', 'Show in graph', () => active && navigate('investigate', { alert: active }), group);
  useShortcut('alert-close', 'escape', 'Close the detail', () => activate(null), group);
  return { triage };
}

function toggled(checked: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(checked);
  if (!next.delete(id)) next.add(id);
  return next;
}
