import { FileSearch } from 'lucide-react';
import type { IdentifierClaim, IdentifierType } from '../../../shared/model/entity.ts';
import { navigate } from '../../app/router.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Section } from '../../ui/section.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './entity-page.module.css';

const TYPE_WORDS: Readonly<Record<IdentifierType, string>> = {
  sid: 'SID',
  'account-name': 'Account name',
  upn: 'UPN',
  'host-name': 'Host name',
  address: 'Address',
};

/** What this entity was called, when, and by which record it is known. */
export function EntityIdentifiers({ identifiers }: { readonly identifiers: readonly IdentifierClaim[] }) {
  return (
    <Section title="Identifiers" count={identifiers.length}>
      <ul className={styles.claims}>
        {identifiers.map((claim) => (
          <li key={`${claim.type}:${claim.value}`} className={styles.claim}>
            <div className={styles.claimHead}>
              <span className={styles.claimType}>{TYPE_WORDS[claim.type]}</span>
              <CopyButton label={`Copy ${claim.value}`} text={claim.value} />
              {claim.evidence >= 0 && (
                <Button
                  look="quiet"
                  size="small"
                  isIcon
                  aria-label={`Show the record for ${claim.value}`}
                  onClick={() => navigate('investigate', { index: claim.evidence })}
                >
                  <FileSearch />
                </Button>
              )}
            </div>
            <code className={styles.claimValue}>{claim.value}</code>
            <span className={styles.claimTime}>
              {claim.evidence < 0 ? (
                'follows from the name'
              ) : (
                <>
                  <TimeLabel at={claim.firstAt} precision="minute" /> – <TimeLabel at={claim.lastAt} precision="minute" />,{' '}
                  {formatCounted(claim.count, 'record')}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
