import { ALERT_STATUSES, type AlertStatus, CLASSIFICATIONS, type Classification } from '../../shared/model/alert.ts';
import { CLASSIFICATION_WORDS, STATUS_WORDS } from './alert-words.ts';
import { Select } from './field.tsx';

type Judgement = { readonly status?: AlertStatus; readonly classification?: Classification };
type Props = {
  readonly status: AlertStatus;
  readonly classification: Classification;
  /** What the second says before anybody chose. */
  readonly unclassified: string;
  readonly onChange: (change: Judgement) => void;
};

/** What people say of an alert or incident: where it stands, and what it turned out to be. */
export function JudgementSelects({ status, classification, unclassified, onChange }: Props) {
  return (
    <>
      <Select aria-label="Status" value={status} onChange={(event) => onChange({ status: event.target.value as AlertStatus })}>
        {ALERT_STATUSES.map((one) => (
          <option key={one} value={one}>
            {STATUS_WORDS[one]}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Classification"
        value={classification}
        onChange={(event) => onChange({ classification: event.target.value as Classification })}
      >
        {CLASSIFICATIONS.map((one) => (
          <option key={one} value={one}>
            {one === 'not-set' ? unclassified : CLASSIFICATION_WORDS[one]}
          </option>
        ))}
      </Select>
    </>
  );
}
