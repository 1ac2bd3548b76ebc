import { useRoute } from '../../app/router.ts';
import { EntityInventory } from './entity-inventory.tsx';
import { EntityPage } from './entity-page.tsx';

export function EntitiesPage() {
  const { params } = useRoute();
  return params.entity ? (
    <EntityPage key={params.entity} id={params.entity} tab={params.tab ?? 'timeline'} />
  ) : (
    <EntityInventory params={params} />
  );
}
