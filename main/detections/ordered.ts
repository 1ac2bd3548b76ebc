import type { IdentityEvent } from '../../shared/model/event.ts';
import { callText, SCRIPT_READING } from './command-line.ts';
import { type Condition, type Explained, type Reading, type Step, when } from './detection.ts';
import { clip, SECURITY, SYSMON } from './record.ts';

/** Records of commands: started processes (Sysmon 1, Security 4688) and short scripts (4104). They show that an act was ordered, not that it was done. */
export const ORDERS: readonly number[] = [1, 4688, 4104];

export const ORDER_READS: readonly Reading[] = [
  { ...SECURITY, eventIds: [4688], needs: '"Audit Process Creation" with command lines', optional: true },
  { ...SYSMON, eventIds: [1], needs: 'Sysmon with process creation', optional: true },
  { ...SCRIPT_READING, eventIds: [4104] },
];

export function isOrder(event: IdentityEvent): boolean {
  return ORDERS.includes(event.eventId);
}

/** The step of a command whose text `pattern` finds. */
export function orderedStep(that: string, pattern: RegExp, ...more: readonly Condition[]): Step {
  return { name: 'ordered', eventIds: ORDERS, conditions: [when(that, (event) => pattern.test(callText(event))), ...more] };
}

/** The command as evidence; `meaning` completes "it ...". */
export function orderedField(event: IdentityEvent, meaning: string, length = 200): Explained {
  return [event.eventId === 4104 ? 'ScriptBlockText' : 'CommandLine', clip(callText(event), length), meaning];
}
