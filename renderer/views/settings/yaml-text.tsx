import { useEffect, useRef } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { ScrollPart } from '../../ui/scroll-part.tsx';
import styles from './sigma.module.css';

const LINES_SHOWN = 5_000;

/** A text with numbered lines; `marked` (from 1; 0 for none) stands out and is scrolled to. */
export function YamlText({ text, marked }: { readonly text: string; readonly marked: number }) {
  const markedLine = useRef<HTMLLIElement>(null);
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text or line is what it scrolls for.
  useEffect(() => {
    // By hand: `scrollIntoView` would move the whole page as well.
    const line = markedLine.current;
    const part = line?.closest('section');
    if (line && part) part.scrollTop = line.offsetTop - part.clientHeight / 2;
  }, [text, marked]);
  return (
    <ScrollPart label="Text of the rule" className={styles.yaml}>
      <ol>
        {lines.slice(0, LINES_SHOWN).map((line, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are told apart by their number.
            key={index}
            ref={index + 1 === marked ? markedLine : undefined}
            className={classNames(styles.line, index + 1 === marked && styles.marked)}
          >
            {line || ' '}
            {index + 1 === marked && <span className="only-read"> (the reason is about this line)</span>}
          </li>
        ))}
      </ol>
      {lines.length > LINES_SHOWN && <p className={styles.hint}>Further lines are not shown; copying takes all.</p>}
    </ScrollPart>
  );
}
