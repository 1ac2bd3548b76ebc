import { CATALOGUE, type CatalogueEntry } from './catalogue.table.ts';
import { CATALOGUE_ALIASES } from './catalogue-aliases.table.ts';

/** How a product names the kind of one of its alerts. */
export type NamedKind = {
  readonly title: string;
  /** External id of Defender for Identity and ATA as text; empty where it has none. */
  readonly number: string;
  /** Id of the detector (`xdr_...`) or the class of a syslog line. */
  readonly detector: string;
};

/** Products append how many were hit: "on one endpoint", "involving multiple users". */
const HOW_MANY = /\s+(?:on|involving|from|by|for)\s+(?:one|multiple|several|\d+)\s+\w+(?:\s+reported by .{1,80})?$/i;
const CLASS_END = /(?:SuspiciousActivity|SecurityAlert)$/i;

/** Classic and current names of one act may differ by a dash alone. */
const BY_EXACT_NAME = new Map(CATALOGUE.map((entry) => [entry[2].toLowerCase(), entry]));
const BY_NAME = new Map(CATALOGUE.map((entry) => [plain(entry[2]), entry]));
const BY_KEY = new Map(CATALOGUE.map((entry) => [entry[0], entry]));
const BY_NUMBER = new Map(CATALOGUE.flatMap((entry) => (entry[1] === null ? [] : [[String(entry[1]), entry] as const])).reverse());
const BY_ALIAS = new Map(CATALOGUE_ALIASES.flatMap(([key, , names]) => names.map((name) => [plain(name), BY_KEY.get(key)!] as const)));
const BY_CLASS = new Map(
  CATALOGUE_ALIASES.flatMap(([key, name]) => (name === '' ? [] : [[name.toLowerCase(), BY_KEY.get(key)!] as const])).reverse(),
);
/** Some detectors have several alerts: the first stands for one whose name is new. */
const BY_DETECTOR = new Map(CATALOGUE.map((entry) => [entry[0].split('--')[0].toLowerCase(), entry] as const).reverse());

/**
 * The catalogue row that an alert of another product is: by its name, by the number that stays when names change, by its detector, by what it
 * was called before; null where none fits.
 */
export function matchCatalogue({ title, number, detector }: NamedKind): CatalogueEntry | null {
  const names = [plain(title), plain(title.replace(HOW_MANY, ''))];
  return (
    firstOf([title.toLowerCase(), title.replace(HOW_MANY, '').toLowerCase()], BY_EXACT_NAME) ??
    firstOf(names, BY_NAME) ??
    BY_NUMBER.get(number.trim()) ??
    BY_DETECTOR.get(detector.toLowerCase()) ??
    firstOf(names, BY_ALIAS) ??
    BY_CLASS.get(detector.replace(CLASS_END, '').toLowerCase()) ??
    null
  );
}

function firstOf(names: readonly string[], entries: ReadonlyMap<string, CatalogueEntry>): CatalogueEntry | undefined {
  return names.map((name) => entries.get(name)).find((entry) => entry !== undefined);
}

/** Dashes, quotes and case differ from product to product and from year to year. */
function plain(name: string): string {
  return name
    .slice(0, 400)
    .toLowerCase()
    .replace(/\(preview\)/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
