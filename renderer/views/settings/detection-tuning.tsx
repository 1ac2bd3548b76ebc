import type { DetectionRow } from '../../../shared/contract/operations.ts';
import { type DetectionTuning, LEVELS, type Level, type Mode } from '../../../shared/model/tuning.ts';
import { useChange } from '../../data/use-change.ts';
import { classNames } from '../../ui/class-names.ts';
import { Section } from '../../ui/section.tsx';
import { Segments } from '../../ui/segments.tsx';
import { showProblem, showToast } from '../../ui/toast.tsx';
import styles from './settings.module.css';

export const LEVEL_WORDS: Readonly<Record<Level, string>> = { high: 'High', medium: 'Medium', low: 'Low' };
export const MODE_WORDS: Readonly<Record<Mode, string>> = { on: 'On', test: 'Test', off: 'Off' };

const MODE_HINTS: Readonly<Record<Mode, string>> = {
  on: 'Its alerts are in the queue and count.',
  test: 'Its alerts are found and listed under “Test” in Alerts. They never count, join incidents or notify.',
  off: 'It is not looked for. What was said of its alerts is kept for when it is on again.',
};

type Change = { readonly level?: Level; readonly mode?: Mode };

/** Mode and level of a detection, with the numbers that each level asks for. */
export function DetectionTuningPart({ row }: { readonly row: DetectionRow }) {
  const tune = useTune(row);
  return (
    <>
      <Section title="Mode">
        <Segments
          label="Mode"
          value={row.mode}
          onChange={(mode) => void tune({ mode })}
          options={(Object.keys(MODE_WORDS) as Mode[]).map((value) => ({ value, label: MODE_WORDS[value] }))}
        />
        <p className={styles.faint}>{MODE_HINTS[row.mode]}</p>
      </Section>
      <Section title="Threshold level">
        {row.levels.length === 0 ? (
          <p className={styles.faint}>It has no threshold: what it sees is rare enough that a record or two suffice.</p>
        ) : (
          <>
            <Segments
              label="Threshold level"
              value={row.level}
              onChange={(level) => void tune({ level })}
              options={LEVELS.map((value) => ({ value, label: LEVEL_WORDS[value] }))}
            />
            <LevelNumbers row={row} />
            <p className={styles.faint}>High gives the fewest alerts; lower levels fire on less, sooner and more often on ordinary work.</p>
          </>
        )}
      </Section>
    </>
  );
}

function useTune(row: DetectionRow) {
  const change = useChange();
  const set = (tuning: Change): Promise<DetectionTuning> => change('tuning.set', { detection: row.id, ...tuning });
  return async (tuning: Change) => {
    if (tuning.mode === row.mode || tuning.level === row.level) return;
    const before: Change = tuning.mode ? { mode: row.mode } : { level: row.level };
    try {
      const { mode, level } = await set(tuning);
      showToast({
        title: tuning.mode
          ? `${row.title}: ${MODE_WORDS[mode].toLowerCase()}`
          : `${row.title}: ${LEVEL_WORDS[level].toLowerCase()} threshold`,
        description: 'The evidence is being searched again.',
        action: { label: 'Undo', run: () => void set(before).catch(showProblem) },
      });
    } catch (error) {
      showProblem(error);
    }
  };
}

function LevelNumbers({ row }: { readonly row: DetectionRow }) {
  const lines = row.levels[0]?.words.length ?? 0;
  return (
    <table className={styles.numbers} aria-label="Numbers of each level">
      <thead>
        <tr>
          {row.levels.map(({ level }) => (
            <th key={level} scope="col" className={classNames(level === row.level && styles.chosen)}>
              {LEVEL_WORDS[level]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: lines }, (_, line) => (
          <tr key={row.levels[0]!.words[line]}>
            {row.levels.map(({ level, words }) => (
              <td key={level} className={classNames(level === row.level && styles.chosen)}>
                {words[line]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
