import type { EntityTag } from '../../shared/model/entity.ts';
import type { IncidentRow } from '../../shared/model/incident.ts';
import { isSigmaDetection } from '../../shared/model/sigma.ts';
import type { Micros } from '../../shared/model/time.ts';
import { incidentIdOf } from '../correlation/run.ts';
import { EventOrder } from '../events/event-order.ts';
import { type EventReader, EventView } from '../events/event-view.ts';
import { type EntityGraph, mergeByEntity } from '../graph/entity-edges.ts';
import { ObservedEdges } from '../graph/observed-edges.ts';
import { cleanHost } from '../identities/names.ts';
import { type Entity, type Resolution, resolveIdentities } from '../identities/resolve.ts';
import { Sightings } from '../identities/sightings.ts';
import { AlertStore } from '../store/alert-store.ts';
import { CaseStore } from '../store/case-store.ts';
import type { Database } from '../store/database.ts';
import { EventStore } from '../store/event-store.ts';
import { ExclusionStore } from '../store/exclusion-store.ts';
import { ImportStore } from '../store/import-store.ts';
import { IncidentEditStore } from '../store/incident-edit-store.ts';
import { SettingStore } from '../store/setting-store.ts';
import { SigmaStore } from '../store/sigma-store.ts';
import { TagStore } from '../store/tag-store.ts';
import { TuningStore } from '../store/tuning-store.ts';

const RESOLUTION_AGE_MS = 2_000;

/**
 * Everything that one open store holds, and what follows from it (order, identities, graph). Derived parts are made when they are asked for
 * and made again only after the events they follow from have changed.
 */
export class Workspace {
  readonly database: Database;
  readonly events: EventStore;
  readonly order: EventOrder;
  readonly imports: ImportStore;
  readonly alerts: AlertStore;
  readonly incidentEdits: IncidentEditStore;
  readonly tags: TagStore;
  readonly cases: CaseStore;
  readonly settings: SettingStore;
  readonly tuning: TuningStore;
  readonly exclusions: ExclusionStore;
  readonly sigma: SigmaStore;
  readonly observed = new ObservedEdges();
  readonly reader: EventReader;
  readonly #sightings = new Sightings();
  #resolution: Resolution | null = null;
  #resolvedVersion = -1;
  #eventCounts: Uint32Array | null = null;
  #countedOf: Resolution | null = null;
  #resolvedMs = 0;
  #graph: EntityGraph | null = null;
  #graphOf: Resolution | null = null;
  #objectHosts = new Map<number, number>();
  /** channel id * 65,536 + event id -> events. */
  readonly #covered = new Map<number, number>();

  constructor(database: Database) {
    this.database = database;
    this.events = new EventStore(database);
    this.order = new EventOrder(this.events.table);
    this.imports = new ImportStore(database);
    this.alerts = new AlertStore(database);
    this.incidentEdits = new IncidentEditStore(database);
    this.tags = new TagStore(database);
    this.cases = new CaseStore(database);
    this.settings = new SettingStore(database);
    this.tuning = new TuningStore(database);
    this.exclusions = new ExclusionStore(database);
    this.sigma = new SigmaStore(database);
    this.events.onEvent = (index) => {
      this.#cover(index);
      this.#sightings.add(this.events.table, this.events.dictionary, index);
      this.observed.add(this.events.table, this.events.dictionary, index);
    };
    this.reader = this.#createReader();
    this.reload();
  }

  /** Reads the store again: at start, after something was removed, and after a transaction was rolled back. */
  reload(): void {
    this.#sightings.clear();
    this.observed.clear();
    this.#covered.clear();
    this.order.clear();
    this.#resolution = null;
    this.#graph = null;
    this.events.load();
    this.alerts.load();
    this.incidentEdits.load();
    this.tags.load();
    this.tuning.load();
    this.exclusions.load();
    for (const alert of this.alerts.everything()) this.markReplication(alert.id);
  }

  /** Identities, at most `RESOLUTION_AGE_MS` behind the events while an import runs; `settle` brings them up to date. */
  resolution(): Resolution {
    const stale = this.#resolvedVersion !== this.events.table.version && performance.now() - this.#resolvedMs > RESOLUTION_AGE_MS;
    if (this.#resolution === null || stale) this.settle();
    return this.#resolution!;
  }

  /** Resolves identities again if any event came since. */
  settle(): void {
    if (this.#resolution !== null && this.#resolvedVersion === this.events.table.version) return;
    this.#resolution = resolveIdentities(this.events.dictionary, this.#sightings);
    this.#resolvedVersion = this.events.table.version;
    this.#resolvedMs = performance.now();
    this.#objectHosts.clear();
  }

  graph(): EntityGraph {
    const resolution = this.resolution();
    if (this.#graph === null || this.#graphOf !== resolution) {
      this.#graph = mergeByEntity(this.observed.edges, {
        entityOfAccount: (account) => resolution.accountEntity[account] ?? 0,
        entityOfHost: (text) => this.entityOfHost(text),
        entityOfAddress: (text, at) => resolution.entityOfAddress(text, at),
      });
      this.#graphOf = resolution;
    }
    return this.#graph;
  }

  /** Which event ids of which channels are there, and how many: what detections could have fired on. */
  coverage(): { channel: string; eventId: number; count: number }[] {
    return [...this.#covered].map(([key, count]) => ({
      channel: this.events.dictionary.texts[Math.floor(key / 65_536)],
      eventId: key % 65_536,
      count,
    }));
  }

  /** Events in which each entity takes part, in any role; by position of the entity. One pass over the columns, kept until events or identities change. */
  eventCounts(): Uint32Array {
    const resolution = this.resolution();
    if (this.#eventCounts !== null && this.#countedOf === resolution) return this.#eventCounts;
    const counts = new Uint32Array(resolution.entities.length);
    const { table } = this.events;
    const seen = new Uint32Array(resolution.entities.length);
    const add = (entity: number, mark: number) => {
      if (seen[entity] === mark) return;
      seen[entity] = mark;
      counts[entity]++;
    };
    let computer = -1;
    let host = 0;
    for (let index = 0; index < table.count; index++) {
      const segment = table.segmentOf(index);
      const row = index & 0xffff;
      const mark = index + 1;
      add(resolution.accountEntity[segment.actor[row]] ?? 0, mark);
      add(resolution.accountEntity[segment.target[row]] ?? 0, mark);
      add(resolution.accountEntity[segment.counterpart[row]] ?? 0, mark);
      // Neighbors in the table mostly come from one computer.
      if (segment.computer[row] !== computer) {
        computer = segment.computer[row];
        host = resolution.hostEntity.get(computer) ?? 0;
      }
      add(host, mark);
      if (segment.sourceHost[row] !== 0) add(resolution.hostEntity.get(segment.sourceHost[row]) ?? 0, mark);
      if (segment.sourceAddress[row] !== 0) add(resolution.entityOfAddress(segment.sourceAddress[row], segment.at[row]), mark);
    }
    this.#eventCounts = counts;
    this.#countedOf = resolution;
    return counts;
  }

  event(index: number): EventView {
    return new EventView(this.reader, index);
  }

  entity(id: string): Entity | null {
    const number = this.resolution().byId.get(id);
    return number === undefined ? null : this.resolution().entities[number];
  }

  /**
   * An incident by the id that it has or had: one that was merged, split, or got an earlier alert lives on where the alert is now that gave it that
   * id. Windows, cases and links hold on to ids.
   */
  incident(id: string): IncidentRow | null {
    const known = this.alerts.incident(id);
    if (known !== null) return known;
    const first = this.alerts.all().find((alert) => incidentIdOf(alert.id) === id);
    return first === undefined ? null : this.alerts.incident(first.incidentId);
  }

  tagsOf(entity: string): readonly EntityTag[] {
    return this.tags.of(entity);
  }

  /** A host by the text that names it, also where it stands as the object of an event (the server of explicit credentials). */
  entityOfHost(text: number): number {
    const resolution = this.resolution();
    const known = resolution.hostEntity.get(text) ?? this.#objectHosts.get(text);
    if (known !== undefined) return known;
    const host = cleanHost(this.events.dictionary.texts[text]);
    const short = host.split('.', 1)[0];
    let found = resolution.byId.get(`host:${host}`) ?? 0;
    if (found === 0 && host !== 'localhost' && host !== '') {
      for (const [id, number] of resolution.byId) if (id === `host:${short}` || id.startsWith(`host:${short}.`)) found = number;
    }
    this.#objectHosts.set(text, found);
    return found;
  }

  /** Replication has no edge of its own kind in the columns (an access to the domain object is mostly something else): the alert says which it is. */
  markReplication(alertId: string): void {
    const detail = this.alerts.detail(alertId);
    // A Sigma rule may name the technique for what is none; only our own detection has looked at who asked.
    if (detail === null || isSigmaDetection(detail.row.detection) || !detail.row.techniques.includes('T1003.006')) return;
    for (const evidence of detail.evidence) {
      if (evidence.eventId === 4662 && evidence.eventIndex < this.events.table.count)
        this.observed.addReplication(this.events.table, evidence.eventIndex);
    }
    this.#graphOf = null;
  }

  #cover(index: number): void {
    const segment = this.events.table.segmentOf(index);
    const row = index & 0xffff;
    const key = segment.channel[row] * 65_536 + segment.eventId[row];
    this.#covered.set(key, (this.#covered.get(key) ?? 0) + 1);
  }

  #createReader(): EventReader {
    const idOf = (number: number): string => this.resolution().entities[number]?.id ?? '';
    return {
      table: this.events.table,
      dictionary: this.events.dictionary,
      field: (index, name) => this.events.field(index, name),
      recordId: (index) => this.events.blockOf(index).columns.recordId[this.events.rowOf(index)],
      provider: (index) => {
        const block = this.events.blockOf(index);
        return this.events.dictionary.texts[block.texts[block.columns.provider[this.events.rowOf(index)]]];
      },
      entityIdOfAccount: (account) => (account === 0 ? '' : idOf(this.resolution().accountEntity[account])),
      entityIdOfHost: (text) => (text === 0 ? '' : idOf(this.entityOfHost(text))),
      entityIdOfAddress: (text: number, at: Micros) => (text === 0 ? '' : idOf(this.resolution().entityOfAddress(text, at))),
    };
  }
}
