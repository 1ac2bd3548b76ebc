import { useQuery } from '@tanstack/react-query';
import type { AlertEntity } from '../../../shared/model/alert.ts';
import { isImportedDetection } from '../../../shared/model/imported-alert.ts';
import { EXCLUSION_ROLES, type ExclusionRole } from '../../../shared/model/tuning.ts';
import { ask } from '../../data/queries.ts';
import { ROLE_WORDS } from '../../ui/alert-words.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { Field, Select, TextArea, TextField } from '../../ui/field.tsx';
import { EntityField } from './entity-field.tsx';
import type { ExclusionForm } from './exclusion-form.ts';
import styles from './exclusions.module.css';

export const EXCLUSION_ROLE_WORDS: Readonly<Record<ExclusionRole, string>> = {
  any: 'in any role',
  actor: 'as actor',
  source: 'as source',
  target: 'as target',
};

const ENDS: readonly (readonly [ExclusionForm['end'], string])[] = [
  ['7', 'in 7 days'],
  ['30', 'in 30 days'],
  ['90', 'in 90 days'],
  ['moment', 'at a moment'],
  ['never', 'never'],
];

type Props = {
  readonly form: ExclusionForm;
  readonly author: string;
  /** Entities of the alert that is to be excluded. */
  readonly entities: readonly AlertEntity[];
  readonly onChange: (part: Partial<ExclusionForm>) => void;
  readonly onAuthor: (author: string) => void;
};

/** The parts of an exclusion: all that is given must hold. */
export function ExclusionFields({ form, author, entities, onChange, onAuthor }: Props) {
  return (
    <div className={styles.fields}>
      <ScopeFields form={form} entities={entities} onChange={onChange} />
      <EndField form={form} onChange={onChange} />
      <div className={styles.whole}>
        <Field label="Reason (required)">
          <TextArea
            value={form.reason}
            maxLength={1000}
            placeholder="Why this is expected, and who confirmed it"
            onChange={(event) => onChange({ reason: event.target.value })}
          />
        </Field>
      </div>
      <div className={styles.whole}>
        <Field label="Author (required)">
          <TextField value={author} maxLength={200} placeholder="Your name" onChange={(event) => onAuthor(event.target.value)} />
        </Field>
      </div>
    </div>
  );
}

function ScopeFields({ form, entities, onChange }: Pick<Props, 'form' | 'entities' | 'onChange'>) {
  const { data: detections = [] } = useQuery(ask('detections.list', {}));
  const suggested = entities.map(({ id, name, kind, role }) => ({ id, name, kind, hint: ROLE_WORDS[role] }));
  return (
    <>
      <div className={styles.whole}>
        <Field label="Detection">
          <Select value={form.detection} onChange={(event) => onChange({ detection: event.target.value })}>
            <option value="">Any detection</option>
            {isImportedDetection(form.detection) && <option value={form.detection}>Imported alerts of this kind</option>}
            {[...detections]
              .sort((a, b) => a.title.localeCompare(b.title))
              .map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
          </Select>
        </Field>
      </div>
      <Field label="Entity" hint="Alerts in which others of its kind play the same part are not hidden.">
        <span className={styles.pair}>
          <EntityField
            id={form.entity}
            name={form.entityName}
            suggested={suggested}
            onChoose={(entity, entityName) => onChange({ entity, entityName })}
          />
          <Select
            aria-label="Role"
            value={form.role}
            disabled={form.entity === ''}
            onChange={(event) => onChange({ role: event.target.value as ExclusionRole })}
          >
            {EXCLUSION_ROLES.map((role) => (
              <option key={role} value={role}>
                {EXCLUSION_ROLE_WORDS[role]}
              </option>
            ))}
          </Select>
        </span>
      </Field>
      <Field label="Address or range" hint="All source addresses of the alert must lie in it.">
        <TextField
          value={form.network}
          maxLength={64}
          placeholder="10.1.0.0/16"
          onChange={(event) => onChange({ network: event.target.value })}
        />
      </Field>
    </>
  );
}

function EndField({ form, onChange }: Pick<Props, 'form' | 'onChange'>) {
  const { zone } = useAppearance();
  return (
    <div className={styles.whole}>
      <Field label="Ends" hint="By the clock of this workstation. Then the alerts are back in the queue.">
        <span className={styles.fields}>
          <Select aria-label="Ends" value={form.end} onChange={(event) => onChange({ end: event.target.value as ExclusionForm['end'] })}>
            {ENDS.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
          {form.end === 'moment' && (
            <TextField
              aria-label={`Ends at (${zone})`}
              value={form.moment}
              placeholder={`2027-01-31 18:00 (${zone})`}
              onChange={(event) => onChange({ moment: event.target.value })}
            />
          )}
        </span>
      </Field>
    </div>
  );
}
