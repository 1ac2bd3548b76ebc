/** Types of substitution values that the writer knows, by their number in binary XML ([MS-EVEN6] 2.2.12). */
export const VALUE_TYPES = {
  text: 0x01,
  uint16: 0x06,
  uint32: 0x08,
  uint64: 0x0a,
  boolean: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  filetime: 0x11,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
} as const;
export type ValueType = keyof typeof VALUE_TYPES;

export type Field = { readonly name: string; readonly type: ValueType };

/** `Data` are `<Data Name="...">` in `EventData`; `elements` are elements of their own under a root in `UserData`, as channels of that kind write them. */
export type Body = { readonly form: 'data' } | { readonly form: 'elements'; readonly root: string; readonly namespace: string };

/** All that is the same in every record of one kind of event. */
export type EventLayout = {
  readonly channel: string;
  readonly provider: string;
  /** `{...}`; empty where records of this provider carry none. */
  readonly providerGuid: string;
  /** Name of the source in the classic log; empty for others. */
  readonly eventSource: string;
  readonly eventId: number;
  /** Only for classic sources; -1 for others. */
  readonly qualifiers: number;
  readonly version: number;
  readonly level: number;
  readonly task: number;
  readonly opcode: number;
  /** Two 32-bit halves, high first. */
  readonly keywords: readonly [high: number, low: number];
  readonly body: Body;
  readonly fields: readonly Field[];
};

/** SIDs and GUIDs as text, numbers as numbers; binary as hexadecimal digits. The empty string is an empty value of any type. */
export type Value = string | number;

export type DemoEvent = {
  readonly layout: EventLayout;
  /** Microseconds since 1970 and the tenth of a microsecond. */
  readonly at: number;
  readonly tick: number;
  readonly values: readonly Value[];
  readonly processId: number;
  readonly threadId: number;
  /** `{...}`; empty for none. */
  readonly activity: string;
  /** SID of `Security/@UserID`; empty for none. */
  readonly userSid: string;
};
