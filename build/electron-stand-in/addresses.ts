/**
 * The browser knows no scheme of ours, so the page lives under an https name that can never be registered (RFC 2606); `main` sees its own addresses only.
 */
export const PAGE_ORIGIN = 'https://console.keepwatch.invalid';
const OWN_ORIGIN = 'keepwatch://console';

/** The page's address as `main` knows it; other addresses stay as they are. */
export function toOwnAddress(address: string): string {
  if (address === PAGE_ORIGIN || address.startsWith(`${PAGE_ORIGIN}/`)) return OWN_ORIGIN + address.slice(PAGE_ORIGIN.length);
  return address;
}

export function toPageAddress(address: string): string {
  if (address === OWN_ORIGIN || address.startsWith(`${OWN_ORIGIN}/`)) return PAGE_ORIGIN + address.slice(OWN_ORIGIN.length);
  return address;
}
