import { Bug, Crown } from 'lucide-react';
import type { EntityRow, EntityTag } from '../../../shared/model/entity.ts';
import { useChange } from '../../data/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { showProblem, showToast } from '../../ui/toast.tsx';

export const TAG_WORDS: Readonly<Record<EntityTag, string>> = { sensitive: 'Sensitive', honeytoken: 'Honeytoken' };

const TAGS = [
  { tag: 'sensitive', icon: Crown, effect: 'Changes to it and paths to it weigh more' },
  { tag: 'honeytoken', icon: Bug, effect: 'Any activity of it raises an alert' },
] as const;

/** Switches for what a person knows of an entity. Detections look again at once. */
export function EntityTags({ row }: { readonly row: EntityRow }) {
  const change = useChange();
  const set = (tag: EntityTag, on: boolean) =>
    change('entities.tag', { id: row.id, tag, on }).then(
      () =>
        showToast({
          title: `${row.name}: ${on ? 'tagged' : 'no longer tagged'} ${TAG_WORDS[tag].toLowerCase()}`,
          action: { label: 'Undo', run: () => void change('entities.tag', { id: row.id, tag, on: !on }).catch(showProblem) },
        }),
      showProblem,
    );
  return TAGS.map(({ tag, icon: Icon, effect }) => {
    const isOn = row.tags.includes(tag);
    return (
      <Button key={tag} aria-pressed={isOn} title={effect} onClick={() => void set(tag, !isOn)}>
        <Icon aria-hidden="true" /> {TAG_WORDS[tag]}
      </Button>
    );
  });
}
