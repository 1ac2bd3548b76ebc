import { Autocomplete } from '@base-ui/react/autocomplete';
import { useState } from 'react';
import type { EntityKind } from '../../shared/model/entity.ts';
import { EntityIcon } from './entity-icon.tsx';
import styles from './entity-suggest.module.css';

export type EntityChoice = { readonly id: string; readonly name: string; readonly kind: EntityKind; readonly hint: string };

type Props<Choice extends EntityChoice> = {
  readonly label: string;
  readonly placeholder: string;
  readonly title?: string;
  readonly isChosen: boolean;
  readonly text: string;
  readonly choices: readonly Choice[];
  /** While the answer is on its way nothing is called missing. */
  readonly isFetching: boolean;
  /** Whether choices are wanted at all. */
  readonly onOpen: (isOpen: boolean) => void;
  readonly onText: (text: string) => void;
  /** Null when what stood there was typed over. */
  readonly onChoose: (choice: Choice | null) => void;
  readonly className?: string;
};

/** A field for part of an entity's name, with the entities that fit below it; chosen with the arrow keys or the pointer. */
export function EntitySuggest<Choice extends EntityChoice>(props: Props<Choice>) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Autocomplete.Root
      items={props.choices}
      value={props.text}
      open={isOpen}
      onOpenChange={(next) => {
        setIsOpen(next);
        props.onOpen(next);
      }}
      onValueChange={(value, details) => {
        props.onText(value);
        if (details.reason !== 'item-press') props.onChoose(null);
      }}
      itemToStringValue={(choice: Choice) => choice.name}
      filter={null}
      openOnInputClick
    >
      <Autocomplete.Input
        className={props.className ?? styles.input}
        data-chosen={props.isChosen ? '' : undefined}
        aria-label={props.label}
        placeholder={props.placeholder}
        title={props.title}
        spellCheck={false}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={styles.positioner} sideOffset={3} align="start">
          <Autocomplete.Popup className={styles.popup}>
            <Autocomplete.Empty className={styles.empty}>{props.isFetching ? '' : 'No such entity'}</Autocomplete.Empty>
            <Autocomplete.List>
              {(choice: Choice) => (
                <Autocomplete.Item
                  key={`${choice.id}:${choice.hint}`}
                  value={choice}
                  className={styles.item}
                  onClick={() => props.onChoose(choice)}
                >
                  <EntityIcon kind={choice.kind} />
                  <span className={styles.name}>{choice.name}</span>
                  <span className={styles.faint}>{choice.hint}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
