import { Autocomplete } from '@base-ui/react/autocomplete';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ENTITY_KINDS, type EntityKind } from '../../../shared/model/entity.ts';
import { ask } from '../../data/queries.ts';
import { EntityIcon } from '../../ui/entity-icon.tsx';
import styles from './entity-field.module.css';

type Choice = { readonly id: string; readonly name: string; readonly kind: EntityKind; readonly hint: string };

type Props = {
  readonly id: string;
  readonly name: string;
  /** Offered first, before anything is typed. */
  readonly suggested: readonly Choice[];
  readonly onChoose: (id: string, name: string) => void;
  /** What an empty field says. */
  readonly placeholder?: string;
};

/** One entity by part of its name, or none: an empty field means any. */
export function EntityField({ id, name, suggested, onChoose, placeholder = 'Any entity; type part of a name' }: Props) {
  const [text, setText] = useState(name);
  const [isOpen, setIsOpen] = useState(false);
  const wanted = id === '' ? text.trim() : '';
  const answer = useQuery({
    ...ask('entities.page', {
      filter: { kinds: [...ENTITY_KINDS], ...(wanted === '' ? {} : { text: wanted }) },
      sort: wanted === '' ? 'alerts' : 'events',
      cursor: null,
      limit: 12,
    }),
    placeholderData: keepPreviousData,
    enabled: isOpen,
  });
  const found = (answer.data?.rows ?? []).map((row): Choice => ({ id: row.id, name: row.name, kind: row.kind, hint: row.domain }));
  const others = wanted === '' && suggested.length > 0 ? suggested : found;
  return (
    <Autocomplete.Root
      items={others}
      value={text}
      open={isOpen}
      onOpenChange={setIsOpen}
      onValueChange={(value, details) => {
        setText(value);
        if (details.reason !== 'item-press') onChoose('', '');
      }}
      itemToStringValue={(choice: Choice) => choice.name}
      filter={null}
      openOnInputClick
    >
      <Autocomplete.Input
        className={styles.input}
        data-chosen={id === '' ? undefined : ''}
        aria-label="Entity"
        placeholder={placeholder}
        title={id}
        spellCheck={false}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={styles.positioner} sideOffset={3} align="start">
          <Autocomplete.Popup className={styles.popup}>
            <Autocomplete.Empty className={styles.empty}>{answer.isFetching ? '' : 'No such entity'}</Autocomplete.Empty>
            <Autocomplete.List>
              {(choice: Choice) => (
                <Autocomplete.Item
                  key={`${choice.id}:${choice.hint}`}
                  value={choice}
                  className={styles.item}
                  onClick={() => onChoose(choice.id, choice.name)}
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
