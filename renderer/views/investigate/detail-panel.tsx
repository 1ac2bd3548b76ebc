import { MousePointerClick } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AlertPart } from './alert-part.tsx';
import styles from './detail-panel.module.css';
import { EntityPart } from './entity-part.tsx';
import { EventPart } from './event-part.tsx';
import { IncidentPart } from './incident-part.tsx';
import { LinePart } from './line-part.tsx';
import { SelectionList } from './selection-list.tsx';
import { activeBoardOf, isBundleId } from './state.ts';
import { useInvestigate } from './store.ts';

/** What is selected, evidence first. */
export function DetailPanel() {
  const state = useInvestigate();
  const { selection } = state;
  const { incidentId } = activeBoardOf(state);
  return (
    <aside className={styles.panel} aria-label="Details of the selection">
      {selection.kind === 'none' && incidentId !== '' && <IncidentPart id={incidentId} />}
      {selection.kind === 'none' && incidentId === '' && (
        <EmptyState icon={MousePointerClick} title="Nothing selected">
          Select an entity, a line, an event or an alert mark. A line opens the records behind it; a record opens all its fields and the
          place it was read from.
        </EmptyState>
      )}
      {selection.kind === 'nodes' && selection.ids.length === 1 && !isBundleId(selection.ids[0]) && (
        <EntityPart key={selection.ids[0]} id={selection.ids[0]} />
      )}
      {selection.kind === 'nodes' && (selection.ids.length > 1 || isBundleId(selection.ids[0])) && <SelectionList ids={selection.ids} />}
      {selection.kind === 'line' && <LinePart key={`${selection.from}|${selection.to}`} line={selection} />}
      {selection.kind === 'event' && <EventPart index={selection.index} />}
      {selection.kind === 'alert' && <AlertPart id={selection.id} />}
    </aside>
  );
}
