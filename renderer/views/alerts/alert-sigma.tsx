import type { AlertDetail } from '../../../shared/model/alert.ts';
import { SIGMA_PREFIX } from '../../../shared/model/sigma.ts';
import { linkTo } from '../../app/router.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Section } from '../../ui/section.tsx';
import styles from './alert-detail.module.css';

/** The Sigma rule behind the alert, or those that matched its records too. */
export function AlertSigma({ detail }: { readonly detail: AlertDetail }) {
  const { sigma } = detail;
  const also = detail.row.alsoMatched ?? [];
  return (
    <>
      {sigma && (
        <Section
          title="Sigma rule"
          actions={sigma.references.length > 0 && <CopyButton label="Copy the references" text={sigma.references.join('\n')} />}
        >
          <Facts
            facts={[
              ['Rule', <RuleLink key="rule" detection={SIGMA_PREFIX + sigma.rule} title={detail.row.title} />],
              ['Author', sigma.author || 'not named'],
              ['Level, status', `${sigma.level || 'not given'}, ${sigma.status || 'not given'}`],
              ['File', sigma.path],
              ...sigma.references.map((reference, index) => [`Reference ${index + 1}`, reference] as const),
            ]}
          />
        </Section>
      )}
      {also.length > 0 && (
        <Section title="Also matched by Sigma rules" count={also.length}>
          <ul className={styles.causes}>
            {also.map(({ detection, title, level, records }) => (
              <li key={detection}>
                <RuleLink detection={detection} title={title} /> ({level}, {formatCounted(records, 'record')})
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function RuleLink({ detection, title }: { readonly detection: string; readonly title: string }) {
  return <a href={linkTo('settings', { part: 'sigma', text: detection.slice(SIGMA_PREFIX.length) })}>{title}</a>;
}
