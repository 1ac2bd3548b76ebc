import { Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SigmaCount, SigmaOverview, SigmaSet, SigmaSwitchKind } from '../../../shared/model/sigma.ts';
import { useChange } from '../../data/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount, formatCounted } from '../../ui/number-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { ScrollPart } from '../../ui/scroll-part.tsx';
import { Section } from '../../ui/section.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { showProblem, showToast } from '../../ui/toast.tsx';
import styles from './sigma.module.css';

type IsOn = (kind: SigmaSwitchKind, value: string) => boolean;
type Flip = (kind: SigmaSwitchKind, value: string, on: boolean) => void;

/** Where rules came from, and what of them is switched off. */
export function SigmaSwitches({ overview }: { readonly overview: SigmaOverview }) {
  const change = useChange();
  // What was pressed shows at once; the next answer of the engine decides.
  const [pressed, setPressed] = useState<ReadonlyMap<string, boolean>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is what it waits for.
  useEffect(() => setPressed(new Map()), [overview]);
  const flip: Flip = (kind, value, on) => {
    setPressed((before) => new Map(before).set(`${kind} ${value}`, on));
    change('sigma.switch', { kind, value, on }).catch((error) => {
      setPressed(new Map());
      showProblem(error);
    });
  };
  const isOn: IsOn = (kind, value) =>
    pressed.get(`${kind} ${value}`) ?? !overview.switches.some((off) => off.kind === kind && off.value === value);
  const ruleCount = overview.switches.filter(({ kind }) => kind === 'rule').length;
  return (
    <Panel isFlush isHeaded label="Sets and switches" className={styles.side}>
      <ScrollPart label="Sets and switches" className={styles.parts}>
        <Section title="Sets" count={overview.sets.length}>
          <ul className={styles.sets}>
            {overview.sets.map((set) => (
              <SetRow key={set.id} set={set} isOn={isOn('set', String(set.id))} flip={flip} />
            ))}
          </ul>
        </Section>
        <p className={styles.hint}>What is switched off gives no alerts; they come back when it is switched on again.</p>
        <SwitchGroup title="Level" kind="level" counts={overview.levels} isOn={isOn} flip={flip} />
        <SwitchGroup title="Status" kind="status" counts={overview.statuses} isOn={isOn} flip={flip} />
        <SwitchGroup title="Tag" kind="tag" counts={overview.tags} isOn={isOn} flip={flip} />
        {ruleCount > 0 && <p className={styles.hint}>{formatCounted(ruleCount, 'rule')} switched off one by one: see “Switched off”.</p>}
      </ScrollPart>
    </Panel>
  );
}

function SetRow({ set, isOn, flip }: { readonly set: SigmaSet; readonly isOn: boolean; readonly flip: Flip }) {
  const change = useChange();
  const remove = () => {
    change('sigma.removeSet', { setId: set.id }).then(
      () =>
        showToast({
          title: `Removed ${set.name}`,
          description: `${formatCounted(set.rules, 'rule file')} and their alerts are gone`,
          action: { label: 'Undo', run: () => void change('sigma.restoreSet', { setId: set.id }).catch(showProblem) },
        }),
      showProblem,
    );
  };
  return (
    <li className={styles.set}>
      <label className={styles.setName}>
        <input type="checkbox" checked={isOn} onChange={(event) => flip('set', String(set.id), event.target.checked)} />
        <span className={styles.cut} title={set.name}>
          {set.name}
        </span>
      </label>
      <span className={styles.faint}>
        {formatCounted(set.rules, 'file')}, added <TimeLabel at={set.addedAt} precision="minute" />
        {set.addedBy && ` by ${set.addedBy}`}
      </span>
      <Button className={styles.remove} look="quiet" size="small" isIcon aria-label={`Remove ${set.name}`} onClick={remove}>
        <Trash2 />
      </Button>
    </li>
  );
}

type GroupProps = {
  readonly title: string;
  readonly kind: SigmaSwitchKind;
  readonly counts: readonly SigmaCount[];
  readonly isOn: IsOn;
  readonly flip: Flip;
};

function SwitchGroup({ title, kind, counts, isOn, flip }: GroupProps) {
  if (counts.length === 0) return null;
  return (
    <Section title={title}>
      <fieldset className={styles.switches} aria-label={`Rules by ${title.toLowerCase()}`}>
        {counts.map(({ value, rules }) => (
          <label key={value} className={styles.switch}>
            <input type="checkbox" checked={isOn(kind, value)} onChange={(event) => flip(kind, value, event.target.checked)} />
            <span className={styles.cut} title={value}>
              {value}
            </span>
            <span className={styles.faint}>{formatCount(rules)}</span>
          </label>
        ))}
      </fieldset>
    </Section>
  );
}
