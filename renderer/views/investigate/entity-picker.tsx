import { useState } from 'react';
import type { EntityKind, EntityRow } from '../../../shared/model/entity.ts';
import { useEntityChoices } from '../../data/use-entity-choices.ts';
import { EntitySuggest } from '../../ui/entity-suggest.tsx';
import styles from './entity-picker.module.css';

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
  const { choices, isFetching } = useEntityChoices(kinds, text, isOpen);
  return (
    <EntitySuggest
      label={`${label}: entity`}
      placeholder="name…"
      isChosen={chosen !== null}
      text={text}
      choices={choices}
      isFetching={isFetching}
      onOpen={setIsOpen}
      onText={setText}
      onChoose={onChoose}
      className={styles.input}
    />
  );
}
