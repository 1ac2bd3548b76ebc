import { eventKindCode, OUTCOMES } from '../../shared/model/event.ts';
import { type AccountNames, NORMALIZE_TABLE, type NormalizeRule } from './normalize.table.ts';
import type { AccountFields, NormalizePlan, Shape } from './row-writer.ts';

const OTHER: NormalizePlan = {
  kind: eventKindCode('other'),
  actor: null,
  actorIsSystemUser: false,
  target: null,
  counterpart: null,
  sourceHost: -1,
  sourceAddress: -1,
  object: -1,
  logonType: -1,
  outcome: { fixed: 0 },
};

const CLEARED_IN: Readonly<Record<number, readonly string[]>> = {
  1102: ['security', 'forwardedevents', ''],
  104: ['system', 'forwardedevents', ''],
};

/**
 * The rule for a record: the provider decides, for the same event id means different things elsewhere; the channel is asked only where an export names
 * no provider.
 */
export function ruleFor(channel: string, provider: string, eventId: number): NormalizeRule | null {
  // A named instance of SQL Server writes under a name of its own: `MSSQL$SALES`.
  const by = provider.toLowerCase().replace(/^mssql\$.*/, 'mssqlserver');
  const where = channel.toLowerCase();
  const group = NORMALIZE_TABLE.find((candidate) => (by === '' ? candidate.channels.includes(where) : candidate.providers.includes(by)));
  // Without a provider the two ids of the event log service itself are known by their channel alone.
  if (by === '' && ((where === 'security' && eventId === 1102) || (where === 'system' && eventId === 104)))
    return ruleFor('', 'microsoft-windows-eventlog', eventId);
  if (by === '' && where === 'system' && eventId === 7045) return ruleFor('', 'service control manager', eventId);
  // The event log service writes of clearing in two channels only; forwarded records keep their provider but may name another channel.
  if (group?.rules[eventId]?.kind === 'log-cleared' && !CLEARED_IN[eventId].includes(where)) return null;
  return group?.rules[eventId] ?? null;
}

/** Positions of the roles in the fields of a shape. */
export function planFor(shape: Shape, channel: string, provider: string, eventId: number): NormalizePlan {
  const rule = ruleFor(channel, provider, eventId);
  if (rule === null) return OTHER;
  const lower = shape.names.map((name) => name.toLowerCase());
  const position = (names: readonly string[] | undefined): number => {
    for (const name of names ?? []) {
      const exact = shape.names.indexOf(name);
      const found = exact >= 0 ? exact : lower.indexOf(name.toLowerCase());
      if (found >= 0) return found;
    }
    return -1;
  };
  const accountFields = (names: AccountNames | undefined): AccountFields | null => {
    if (names === undefined) return null;
    const fields = { sid: position(names.sid), name: position(names.name), domain: position(names.domain) };
    return fields.sid < 0 && fields.name < 0 ? null : fields;
  };
  return {
    kind: eventKindCode(rule.kind),
    actor: accountFields(rule.actor),
    actorIsSystemUser: rule.actorIsSystemUser === true,
    target: accountFields(rule.target),
    counterpart: accountFields(rule.counterpart),
    sourceHost: position(rule.sourceHost),
    sourceAddress: position(rule.sourceAddress),
    object: position(rule.object),
    logonType: position(rule.logonType),
    outcome: outcomeOf(rule, position),
  };
}

function outcomeOf(rule: NormalizeRule, position: (names: readonly string[]) => number): NormalizePlan['outcome'] {
  if (rule.outcome === undefined) return { fixed: 0 };
  if (typeof rule.outcome === 'string') return { fixed: OUTCOMES.indexOf(rule.outcome) };
  const status = position(rule.outcome.status);
  return status < 0 ? { fixed: 0 } : { status };
}
