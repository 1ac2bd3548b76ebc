import type { Input, OperationName } from '../../../shared/contract/operations.ts';
import type { EngineSession } from '../ask-engine.ts';

/** A repeatable number from 0 to 1. */
export type Chance = () => number;

export function seededChance(seed = 1): Chance {
  let state = seed;
  // Lehmer's generator (Park and Miller, "minimal standard", 1988).
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

type Samples = {
  readonly from: number;
  readonly to: number;
  readonly entities: readonly string[];
  readonly alerts: readonly string[];
  readonly incidents: readonly string[];
  readonly eventKeys: readonly string[];
  readonly events: number;
  readonly importId: number;
  readonly caseId: number;
  readonly folder: string;
};

/** What is there to ask about. */
export async function sampleStore(session: EngineSession, folder: string): Promise<Samples> {
  const status = await session.ask('app.status', {});
  const page = await session.ask('events.page', { filter: {}, order: 'oldest-first', cursor: null, limit: 200 });
  const entities = await session.ask('entities.page', { filter: {}, sort: 'events', cursor: null, limit: 100 });
  const alerts = await session.ask('alerts.page', { filter: {}, sort: 'severity', cursor: null, limit: 100 });
  const incidents = await session.ask('incidents.page', { filter: {}, cursor: null, limit: 100 });
  const imports = await session.ask('imports.list', {});
  const { id: caseId } = await session.ask('cases.create', { title: 'Measured', author: '' });
  return {
    from: status.span?.from ?? 0,
    to: status.span?.to ?? 1,
    entities: entities.rows.map(({ id }) => id),
    alerts: alerts.rows.map(({ id }) => id),
    incidents: incidents.rows.map(({ id }) => id),
    eventKeys: page.rows.map(({ id }) => id),
    events: status.events,
    importId: imports[0]?.id ?? 0,
    caseId,
    folder,
  };
}

type Question = {
  [Name in OperationName]: { readonly operation: Name; readonly label: string; input(chance: Chance): Input<Name> };
}[OperationName];

/** Every question that a window asks again and again, with inputs that differ each time; left out are those that change what is measured. */
export function questionsAbout(samples: Samples): Question[] {
  const { from, to, caseId, folder } = samples;
  const pick = <Item>(items: readonly Item[], chance: Chance, otherwise: Item): Item =>
    items[Math.floor(chance() * items.length)] ?? otherwise;
  const spanOf = (chance: Chance) => {
    const begin = Math.floor(from + (to - from) * chance() * 0.9);
    return { from: begin, to: Math.floor(begin + (to - begin) * chance()) + 1 };
  };
  const entity = (chance: Chance) => pick(samples.entities, chance, 'host:none');
  const alert = (chance: Chance) => pick(samples.alerts, chance, 'none');
  const page = { cursor: null, limit: 200 } as const;
  return [
    { operation: 'app.status', label: '', input: () => ({}) },
    { operation: 'app.cannotFire', label: '', input: () => ({}) },
    { operation: 'files.browse', label: '', input: () => ({ path: folder }) },
    { operation: 'imports.list', label: '', input: () => ({}) },
    { operation: 'imports.report', label: '', input: () => ({ importId: samples.importId }) },
    {
      operation: 'events.page',
      label: 'all, from a moment',
      input: (chance) => ({ filter: {}, order: 'oldest-first', ...page, startAt: spanOf(chance).from }),
    },
    {
      operation: 'events.page',
      label: 'a span',
      input: (chance) => ({ filter: { span: spanOf(chance) }, order: 'newest-first', ...page }),
    },
    {
      operation: 'events.page',
      label: 'an entity',
      input: (chance) => ({ filter: { entities: [entity(chance)], span: spanOf(chance) }, order: 'oldest-first', ...page }),
    },
    {
      operation: 'events.page',
      label: 'words',
      input: (chance) => ({
        filter: { text: pick(['admin', 'svchost', '0xc000006d', 'nowhere-to-be-found'], chance, 'x') },
        order: 'newest-first',
        ...page,
      }),
    },
    {
      operation: 'events.count',
      label: 'kinds',
      input: (chance) => ({ filter: { span: spanOf(chance), kinds: ['logon', 'logon-failure'] } }),
    },
    { operation: 'events.histogram', label: 'all', input: (chance) => ({ filter: {}, ...spanOf(chance), buckets: 720 }) },
    {
      operation: 'events.histogram',
      label: 'an entity',
      input: (chance) => ({ filter: { entities: [entity(chance)] }, ...spanOf(chance), buckets: 720 }),
    },
    {
      operation: 'events.histogram',
      label: 'event ids',
      input: (chance) => ({ filter: { eventIds: [4624, 7036] }, ...spanOf(chance), buckets: 720 }),
    },
    { operation: 'events.detail', label: '', input: (chance) => ({ index: Math.floor(chance() * samples.events) }) },
    {
      operation: 'events.locate',
      label: '',
      input: (chance) => ({ keys: [pick(samples.eventKeys, chance, '0'.repeat(16)), pick(samples.eventKeys, chance, '0'.repeat(16))] }),
    },
    { operation: 'graph.view', label: 'all', input: () => ({}) },
    { operation: 'graph.view', label: 'a span', input: (chance) => ({ span: spanOf(chance) }) },
    { operation: 'graph.view', label: 'around an entity', input: (chance) => ({ focus: [entity(chance)], depth: 2 }) },
    { operation: 'graph.neighbors', label: '', input: (chance) => ({ entity: entity(chance), query: {} }) },
    { operation: 'graph.path', label: '', input: (chance) => ({ from: entity(chance), to: entity(chance), query: {} }) },
    { operation: 'alerts.page', label: '', input: () => ({ filter: {}, sort: 'severity', ...page }) },
    { operation: 'alerts.get', label: '', input: (chance) => ({ id: alert(chance) }) },
    {
      operation: 'alerts.update',
      label: '',
      input: (chance) => ({ ids: [alert(chance)], status: chance() < 0.5 ? 'in-progress' : 'new' }),
    },
    { operation: 'incidents.page', label: '', input: () => ({ filter: {}, ...page }) },
    { operation: 'incidents.get', label: '', input: (chance) => ({ id: pick(samples.incidents, chance, 'none') }) },
    {
      operation: 'incidents.update',
      label: '',
      input: (chance) => ({ ids: [pick(samples.incidents, chance, 'none')], status: 'in-progress' }),
    },
    { operation: 'entities.page', label: '', input: () => ({ filter: {}, sort: 'alerts', ...page }) },
    {
      operation: 'entities.page',
      label: 'words',
      input: (chance) => ({ filter: { text: pick(['admin', 'dc', 'svc'], chance, 'x') }, sort: 'events', ...page }),
    },
    { operation: 'entities.get', label: '', input: (chance) => ({ id: entity(chance) }) },
    { operation: 'entities.tag', label: '', input: (chance) => ({ id: entity(chance), tag: 'sensitive', on: chance() < 0.5 }) },
    { operation: 'search.everything', label: '', input: (chance) => ({ text: pick(['admin', 'dc', 'S-1-5'], chance, 'x'), limit: 50 }) },
    { operation: 'cases.list', label: '', input: () => ({}) },
    { operation: 'cases.get', label: '', input: () => ({ caseId }) },
    { operation: 'cases.addNote', label: '', input: () => ({ caseId, text: 'A note.' }) },
    {
      operation: 'cases.addEvidence',
      label: '',
      input: (chance) => ({ caseId, items: [{ kind: 'event', key: pick(samples.eventKeys, chance, '0'.repeat(16)), label: 'An event' }] }),
    },
    { operation: 'settings.get', label: '', input: () => ({}) },
    { operation: 'settings.set', label: '', input: () => ({ name: 'density', value: 'compact' }) },
    { operation: 'detections.list', label: '', input: () => ({}) },
    { operation: 'detections.blindMatrix', label: 'all logs', input: () => page },
    { operation: 'detections.blindSpots', label: 'one detection', input: () => ({ detection: 'kerberoasting', ...page }) },
    {
      operation: 'detections.whyNot',
      label: '',
      input: (chance) => ({ detection: 'kerberoasting', entity: entity(chance), span: spanOf(chance) }),
    },
    { operation: 'exclusions.list', label: '', input: () => ({}) },
    {
      operation: 'exclusions.preview',
      label: '',
      input: (chance) => ({
        draft: { detection: '', entity: entity(chance), entityName: '', role: 'any', network: '', expiresAt: null, reason: '' },
      }),
    },
  ];
}
