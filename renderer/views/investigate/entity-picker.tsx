import { Autocomplete } from '@base-ui/react/autocomplete';
import { useState } from 'react';
import type { EntityKind, EntityRow } from '../../../shared/model/entity.ts';
import { EntityIcon } from '../../ui/entity-icon.tsx';
import menuStyles from './action-menu.module.css';
import styles from './entity-picker.module.css';
import { useAnswer, useRested } from './use-answer.ts';

type Props = {
  readonly kinds: readonly EntityKind[];
  readonly chosen: EntityRow | null;
  onChoose(row: EntityRow | null): void;
  readonly label: string;
};

/** A slot for an entity: type part of a name, choose with the arrow keys. */
export function EntityPicker({ kinds, chosen, onChoose, label }: Props) {
  const [text, setText] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const rested = useRested(text, 150);
  const wanted = rested.trim();
  const answer = useAnswer(
    'entities.page',
    {
      filter: { kinds: [...kinds], ...(wanted === '' ? {} : { text: wanted }) },
      sort: wanted === '' ? 'alerts' : 'events',
      cursor: null,
      limit: 12,
    },
    isOpen,
  );
  const rows = answer.data?.rows ?? [];
  return (
    <Autocomplete.Root
      items={rows}
      value={text}
      open={isOpen}
      onOpenChange={setIsOpen}
      onValueChange={(value, details) => {
        setText(value);
        if (details.reason !== 'item-press') onChoose(null);
      }}
      itemToStringValue={(row: EntityRow) => row.name}
      filter={null}
      openOnInputClick
    >
      <Autocomplete.Input
        className={styles.input}
        data-chosen={chosen ? '' : undefined}
        aria-label={`${label}: entity`}
        placeholder="name…"
        spellCheck={false}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={menuStyles.positioner} sideOffset={3} align="start">
          <Autocomplete.Popup className={menuStyles.popup}>
            <Autocomplete.Empty className={styles.empty}>{answer.isFetching ? '' : 'No such entity'}</Autocomplete.Empty>
            <Autocomplete.List>
              {(row: EntityRow) => (
                <Autocomplete.Item key={row.id} value={row} className={menuStyles.item} onClick={() => onChoose(row)}>
                  <EntityIcon kind={row.kind} />
                  <span className={menuStyles.label}>{row.name}</span>
                  <span className={menuStyles.keys}>{row.domain}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
