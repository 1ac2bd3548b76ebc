/** How an alert's detection is named when another product raised it and its export was imported. */
export const IMPORTED_PREFIX = 'imported:';

export function isImportedDetection(detection: string): boolean {
  return detection.startsWith(IMPORTED_PREFIX);
}

/** Provider of the records that alerts of other products become; their channel is the product. */
export const IMPORTED_PROVIDER = 'Keepwatch-Imported-Alert';
/** One record for what a product says of its alert, one for each account, host or address that it names. */
export const IMPORTED_EVENT_IDS = { alert: 60001, entity: 60002 } as const;

/** What every export is brought to; fields of the record, beside those of the export under their own names. */
export const ALERT_FIELDS = {
  id: 'Alert.Id',
  /** The same alert's id in the product that raised it first. */
  otherId: 'Alert.OtherId',
  product: 'Alert.Product',
  title: 'Alert.Title',
  severity: 'Alert.Severity',
  status: 'Alert.Status',
  classification: 'Alert.Classification',
  /** Number of the kind of alert, as in the catalogue. */
  number: 'Alert.Number',
  detector: 'Alert.Detector',
  category: 'Alert.Category',
  techniques: 'Alert.Techniques',
  description: 'Alert.Description',
  link: 'Alert.Link',
  firstAt: 'Alert.FirstAt',
  lastAt: 'Alert.LastAt',
  updatedAt: 'Alert.UpdatedAt',
} as const;
export type AlertFieldName = keyof typeof ALERT_FIELDS;

/** On the row of an alert that was imported. */
export type ImportedMark = {
  readonly product: string;
  /** Key of the catalogue row that it is; empty where the catalogue has none of that name or number. */
  readonly catalogue: string;
};

/** What the export says of an imported alert, as it says it. */
export type ImportedOrigin = ImportedMark & {
  readonly catalogueName: string;
  readonly ids: readonly string[];
  readonly severity: string;
  readonly status: string;
  readonly classification: string;
  readonly category: string;
  readonly detector: string;
  readonly link: string;
  /** Records that speak of it; `evidence` may hold fewer. */
  readonly records: number;
  readonly files: readonly string[];
};
