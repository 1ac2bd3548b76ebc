import { useState } from 'react';
import { ENTITY_KINDS } from '../../../shared/model/entity.ts';
import { useEntityChoices } from '../../data/use-entity-choices.ts';
import { type EntityChoice, EntitySuggest } from '../../ui/entity-suggest.tsx';

type Props = {
  readonly id: string;
  readonly name: string;
  /** Offered first, before anything is typed. */
  readonly suggested: readonly EntityChoice[];
  readonly onChoose: (id: string, name: string) => void;
  /** What an empty field says. */
  readonly placeholder?: string;
};

/** One entity by part of its name, or none: an empty field means any. */
export function EntityField({ id, name, suggested, onChoose, placeholder = 'Any entity; type part of a name' }: Props) {
  const [text, setText] = useState(name);
  const [isOpen, setIsOpen] = useState(false);
  const wanted = id === '' ? text.trim() : '';
  const { choices, isFetching } = useEntityChoices(ENTITY_KINDS, wanted, isOpen);
  return (
    <EntitySuggest<EntityChoice>
      label="Entity"
      placeholder={placeholder}
      title={id}
      isChosen={id !== ''}
      text={text}
      choices={wanted === '' && suggested.length > 0 ? suggested : choices}
      isFetching={isFetching}
      onOpen={setIsOpen}
      onText={setText}
      onChoose={(choice) => onChoose(choice?.id ?? '', choice?.name ?? '')}
    />
  );
}
