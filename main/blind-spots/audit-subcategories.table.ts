/** Which outcome must be audited for a record to be written. */
export type AuditedOutcome = 'success' | 'failure' | 'either';

/** One line of the advanced security audit policy. */
export type Subcategory = {
  readonly name: string;
  /** The byte of `{0CCE92xx-69AE-11D9-BED3-505054503030}` that differs ([MS-GPAC] 2.2.1.2). */
  readonly guidByte: number;
  /** Records that only this subcategory writes. */
  readonly eventIds: readonly number[];
  /** A running host of this role writes some every day, so a day without any means something. */
  readonly isSteady: boolean;
};

const row = (name: string, guidByte: number, eventIds: readonly number[], isSteady = false): Subcategory => ({
  name,
  guidByte,
  eventIds,
  isSteady,
});

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_unused, index) => from + index);

/** Names and ids after Microsoft, "Advanced security audit policy settings". Ids that several write (4656, 4658, 4660, 4663, 4670) are left out. */
export const SUBCATEGORIES: readonly Subcategory[] = [
  row('Security State Change', 0x10, [4608, 4616, 4621]),
  row('Security System Extension', 0x11, [4610, 4611, 4614, 4622, 4697]),
  row('Logon', 0x15, [4624, 4625, 4648, 4675], true),
  row('Logoff', 0x16, [4634, 4647], true),
  row('Special Logon', 0x1b, [4672, 4964], true),
  row('Other Logon/Logoff Events', 0x1c, [4649, 4778, 4779, 4800, 4801, 4802, 4803, 5378, 5632, 5633]),
  row('File System', 0x1d, [4664, 4985, 5051]),
  row('Registry', 0x1e, [4657, 5039]),
  row('Certification Services', 0x21, range(4868, 4898)),
  row('Handle Manipulation', 0x23, [4690]),
  row('File Share', 0x24, [5140, 5142, 5143, 5144, 5168]),
  row('Filtering Platform Packet Drop', 0x25, [5152, 5153]),
  row('Filtering Platform Connection', 0x26, [5031, ...range(5154, 5159)]),
  row('Other Object Access Events', 0x27, [4671, 4691, ...range(4698, 4702), 5148, 5149, 5888, 5889, 5890]),
  row('Sensitive Privilege Use', 0x28, [4673, 4674]),
  row('Process Creation', 0x2b, [4688, 4696], true),
  row('Process Termination', 0x2c, [4689], true),
  row('DPAPI Activity', 0x2d, range(4692, 4695)),
  row('RPC Events', 0x2e, [5712]),
  row('Audit Policy Change', 0x2f, [4715, 4719, 4817, 4902, 4904, 4905, 4906, 4907, 4912]),
  row('Authentication Policy Change', 0x30, [4706, 4707, 4713, 4716, 4717, 4718, 4739, 4864, 4865, 4866, 4867]),
  row('Authorization Policy Change', 0x31, [4703, 4704, 4705, 4911, 4913]),
  row(
    'User Account Management',
    0x35,
    [4720, 4722, 4723, 4724, 4725, 4726, 4738, 4740, 4765, 4766, 4767, 4780, 4781, 4794, 4798, 5376, 5377],
  ),
  row('Computer Account Management', 0x36, [4741, 4742, 4743]),
  row('Security Group Management', 0x37, [...range(4727, 4735), 4737, ...range(4754, 4758), 4764, 4799]),
  row('Distribution Group Management', 0x38, [...range(4744, 4753), ...range(4759, 4763)]),
  row('Other Account Management Events', 0x3a, [4782, 4793]),
  row('Directory Service Access', 0x3b, [4662]),
  row('Directory Service Changes', 0x3c, [5136, 5137, 5138, 5139, 5141]),
  row('Directory Service Replication', 0x3d, [4932, 4933]),
  row('Detailed Directory Service Replication', 0x3e, [4928, 4929, 4930, 4931, 4934, 4935, 4936, 4937]),
  row('Credential Validation', 0x3f, [4774, 4775, 4776, 4777]),
  row('Kerberos Service Ticket Operations', 0x40, [4769, 4770, 4773], true),
  row('Kerberos Authentication Service', 0x42, [4768, 4771, 4772], true),
  row('Detailed File Share', 0x44, [5145]),
  row('Removable Storage', 0x45, []),
  row('Group Membership', 0x49, [4627]),
];

/** Position in `SUBCATEGORIES` plus one, by event id of the Security log; 0 is none. */
export const SUBCATEGORY_OF_ID: Uint8Array = (() => {
  const numbers = new Uint8Array(65_536);
  SUBCATEGORIES.forEach(({ eventIds }, position) => {
    for (const id of eventIds) numbers[id] = position + 1;
  });
  return numbers;
})();

const FAILURES_ONLY = new Set([4625, 4771, 4772, 4773, 4775, 4777]);
const EITHER = new Set([4673, 4674, 4768, 4769, 4776]);

export function auditedOutcome(eventId: number): AuditedOutcome {
  if (FAILURES_ONLY.has(eventId)) return 'failure';
  return EITHER.has(eventId) ? 'either' : 'success';
}

const GUID = /^\{?0cce92([0-9a-f]{2})-69ae-11d9-bed3-505054503030\}?$/i;

/** Position in `SUBCATEGORIES` of a subcategory by its GUID or English name; -1 for others. */
export function findSubcategory(text: string): number {
  const byte = GUID.exec(text.trim())?.[1];
  if (byte !== undefined) return SUBCATEGORIES.findIndex(({ guidByte }) => guidByte === Number.parseInt(byte, 16));
  const name = text.trim().toLowerCase();
  return SUBCATEGORIES.findIndex((one) => one.name.toLowerCase() === name);
}
