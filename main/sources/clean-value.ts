const MOST_CHARACTERS = 512;
const NULL_SID = 'S-1-0-0';

/** Windows writes a dash where a field does not apply. */
export function cleanText(text: string): string {
  return text === '-' ? '' : text;
}

/** Upper-case SID; empty for none, for the null SID and for what is no SID. */
export function cleanSid(text: string): string {
  const sid = text.toUpperCase();
  return sid.startsWith('S-1-') && sid !== NULL_SID ? sid : '';
}

/** A host name without the backslashes of a UNC path. */
export function cleanHost(text: string): string {
  let start = 0;
  while (text[start] === '\\') start += 1;
  return cleanText(text.slice(start));
}

/** Canonical text of an IP address: IPv4-mapped IPv6 as IPv4; empty for none, the local console and loopback. */
export function canonicalAddress(text: string): string {
  let address = text.trim().toLowerCase();
  // The zone of a link-local address means something on one host only.
  const zone = address.indexOf('%');
  if (zone >= 0) address = address.slice(0, zone);
  if (address.startsWith('::ffff:') && address.includes('.')) address = address.slice(7);
  if (address === '-' || address === 'local' || address === '::1' || address.startsWith('127.')) return '';
  return address;
}

/** What is indexed of a very long value; the whole stays in the record's fields. */
export function cutText(text: string): string {
  return text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text;
}
