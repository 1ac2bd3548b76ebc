import type { ByteSink } from './byte-sink.ts';
import { type EventLayout, VALUE_TYPES, type ValueType } from './event-layout.ts';

/** Tokens of binary XML ([MS-EVEN6] 2.2.12). */
const OPEN_ELEMENT = 0x01;
const CLOSE_START = 0x02;
const CLOSE_EMPTY = 0x03;
const END_ELEMENT = 0x04;
const TEXT = 0x05;
const ATTRIBUTE = 0x06;
const SUBSTITUTION = 0x0d;
const OPTIONAL_SUBSTITUTION = 0x0e;
const FRAGMENT = 0x0f;
/** On an element: it has attributes; on an attribute: another follows. */
const MORE = 0x40;
/** Dependency id of an element that is always there. */
const ALWAYS = 0xffff;
const NESTED_XML = 0x21;

/** Text, or a substitution by number: an optional one without value takes its attribute or element with it. */
export type Piece = { readonly text: string } | { readonly index: number; readonly type: number; readonly isOptional: boolean };
export type Attribute = { readonly name: string; readonly value: Piece };
export type Element = {
  readonly name: string;
  /** Substitution whose absence removes the element. */
  readonly dependsOn?: number;
  readonly attributes?: readonly Attribute[];
  readonly content?: readonly (Element | Piece)[];
};

/** Numbers of the substitutions of the outer template, in the order in which Windows numbers them. */
export const SYSTEM = {
  level: 0,
  opcode: 1,
  task: 2,
  eventId: 3,
  qualifiers: 4,
  keywords: 5,
  time: 6,
  activity: 7,
  processId: 8,
  threadId: 9,
  recordId: 10,
  version: 11,
  userSid: 12,
  relatedActivity: 13,
  provider: 14,
  providerGuid: 15,
  channel: 16,
  body: 17,
  eventSource: 18,
} as const;
export const SYSTEM_VALUES = 19;

const sub = (index: number, type: number): Piece => ({ index, type, isOptional: true });
const UINT8 = 0x04;
const {
  text: STRING,
  uint16: UINT16,
  uint32: UINT32,
  uint64: UINT64,
  guid: GUID,
  filetime: FILETIME,
  sid: SID,
  hex64: HEX64,
} = VALUE_TYPES;

function valueElement(name: string, index: number, type: number): Element {
  return { name, dependsOn: index, content: [sub(index, type)] };
}

/** `Event` with `System`; the name of the computer is part of the template, as in logs that Windows writes. */
export function eventTemplate(computer: string, isUserData: boolean): Element {
  const body: Piece = sub(SYSTEM.body, NESTED_XML);
  return {
    name: 'Event',
    attributes: [{ name: 'xmlns', value: { text: 'http://schemas.microsoft.com/win/2004/08/events/event' } }],
    content: [
      {
        name: 'System',
        content: [
          {
            name: 'Provider',
            attributes: [
              { name: 'Name', value: sub(SYSTEM.provider, STRING) },
              { name: 'Guid', value: sub(SYSTEM.providerGuid, GUID) },
              { name: 'EventSourceName', value: sub(SYSTEM.eventSource, STRING) },
            ],
          },
          {
            name: 'EventID',
            dependsOn: SYSTEM.eventId,
            attributes: [{ name: 'Qualifiers', value: sub(SYSTEM.qualifiers, UINT16) }],
            content: [sub(SYSTEM.eventId, UINT16)],
          },
          valueElement('Version', SYSTEM.version, UINT8),
          valueElement('Level', SYSTEM.level, UINT8),
          valueElement('Task', SYSTEM.task, UINT16),
          valueElement('Opcode', SYSTEM.opcode, UINT8),
          valueElement('Keywords', SYSTEM.keywords, HEX64),
          { name: 'TimeCreated', attributes: [{ name: 'SystemTime', value: sub(SYSTEM.time, FILETIME) }] },
          valueElement('EventRecordID', SYSTEM.recordId, UINT64),
          {
            name: 'Correlation',
            attributes: [
              { name: 'ActivityID', value: sub(SYSTEM.activity, GUID) },
              { name: 'RelatedActivityID', value: sub(SYSTEM.relatedActivity, GUID) },
            ],
          },
          {
            name: 'Execution',
            attributes: [
              { name: 'ProcessID', value: sub(SYSTEM.processId, UINT32) },
              { name: 'ThreadID', value: sub(SYSTEM.threadId, UINT32) },
            ],
          },
          valueElement('Channel', SYSTEM.channel, STRING),
          { name: 'Computer', content: [{ text: computer }] },
          { name: 'Security', attributes: [{ name: 'UserID', value: sub(SYSTEM.userSid, SID) }] },
        ],
      },
      isUserData ? { name: 'UserData', dependsOn: SYSTEM.body, content: [body] } : body,
    ],
  };
}

export function bodyTemplate(layout: EventLayout): Element {
  const value = (index: number, type: ValueType): Piece => ({ index, type: VALUE_TYPES[type], isOptional: false });
  const { body, fields } = layout;
  if (body.form === 'elements') {
    return {
      name: body.root,
      attributes: [{ name: 'xmlns', value: { text: body.namespace } }],
      content: fields.map(({ name, type }, index) => ({ name, content: [value(index, type)] })),
    };
  }
  return {
    name: 'EventData',
    content: fields.map(({ name, type }, index) => ({
      name: 'Data',
      attributes: [{ name: 'Name', value: { text: name } }],
      content: [value(index, type)],
    })),
  };
}

export function writeFragmentHeader(out: ByteSink): void {
  out.u8(FRAGMENT);
  out.u8(1);
  out.u8(1);
  out.u8(0);
}

/** `writeName` writes a reference to a name of the chunk, with the name itself behind it the first time. */
export function writeElement(out: ByteSink, element: Element, writeName: (name: string) => void): void {
  const { attributes = [], content = [], dependsOn = ALWAYS } = element;
  out.u8(OPEN_ELEMENT | (attributes.length > 0 ? MORE : 0));
  out.u16(dependsOn);
  const sizeAt = out.at;
  out.u32(0);
  writeName(element.name);
  if (attributes.length > 0) {
    const listAt = out.at;
    out.u32(0);
    attributes.forEach((attribute, index) => {
      out.u8(ATTRIBUTE | (index < attributes.length - 1 ? MORE : 0));
      writeName(attribute.name);
      writePiece(out, attribute.value);
    });
    out.bytes.writeUInt32LE(out.at - listAt - 4, listAt);
  }
  if (content.length === 0) {
    out.u8(CLOSE_EMPTY);
  } else {
    out.u8(CLOSE_START);
    for (const part of content) {
      if ('name' in part) writeElement(out, part, writeName);
      else writePiece(out, part);
    }
    out.u8(END_ELEMENT);
  }
  out.bytes.writeUInt32LE(out.at - sizeAt - 4, sizeAt);
}

function writePiece(out: ByteSink, piece: Piece): void {
  if ('text' in piece) {
    out.u8(TEXT);
    out.u8(VALUE_TYPES.text);
    out.u16(piece.text.length);
    out.text(piece.text);
    return;
  }
  out.u8(piece.isOptional ? OPTIONAL_SUBSTITUTION : SUBSTITUTION);
  out.u16(piece.index);
  out.u8(piece.type);
}
