import { X } from 'lucide-react';
import { EMPTY_STREAM, type StreamFilter } from './state.ts';
import { changeStream, useInvestigate } from './store.ts';
import styles from './stream-pane.module.css';
import { drawnPicture } from './take-snapshot.ts';
import { eventKindWords } from './words.ts';

/** The filters of the stream, each removable. */
export function StreamChips() {
  const { stream } = useInvestigate();
  const chips = chipsOf(stream);
  if (chips.length === 0) return <span className={styles.spring} />;
  return (
    <span className={styles.chips}>
      {chips.map(({ label, part }) => (
        <span key={label} className={styles.chip}>
          <span className={styles.chipLabel} title={label}>
            {label}
          </span>
          <button type="button" aria-label={`Remove filter: ${label}`} onClick={() => changeStream(part)}>
            <X size={11} />
          </button>
        </span>
      ))}
      {chips.length > 1 && (
        <button
          type="button"
          className={styles.clear}
          onClick={() => changeStream({ ...EMPTY_STREAM, order: stream.order, onlySelection: stream.onlySelection })}
        >
          Clear
        </button>
      )}
    </span>
  );
}

function chipsOf(stream: StreamFilter): { readonly label: string; readonly part: Partial<StreamFilter> }[] {
  const without = <Item,>(items: readonly Item[], item: Item) => items.filter((other) => other !== item);
  return [
    ...stream.kinds.map((kind) => ({ label: eventKindWords(kind), part: { kinds: without(stream.kinds, kind) } })),
    ...stream.eventIds.map((id) => ({ label: `event ${id}`, part: { eventIds: without(stream.eventIds, id) } })),
    ...stream.withoutEventIds.map((id) => ({ label: `not event ${id}`, part: { withoutEventIds: without(stream.withoutEventIds, id) } })),
    ...stream.computers.map((name) => ({ label: name, part: { computers: without(stream.computers, name) } })),
    ...stream.entities.map((id) => ({ label: nameOf(id), part: { entities: without(stream.entities, id) } })),
    ...stream.withoutEntities.map((id) => ({ label: `not ${nameOf(id)}`, part: { withoutEntities: without(stream.withoutEntities, id) } })),
  ];
}

function nameOf(id: string): string {
  return drawnPicture()?.scene.nodes.find((node) => node.id === id)?.label ?? id.slice(id.indexOf(':') + 1);
}
