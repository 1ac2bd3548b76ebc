import type { AlertDetail } from '../../../shared/model/alert.ts';
import type { ImportedOrigin } from '../../../shared/model/imported-alert.ts';
import { AlertLines } from '../../app/alert-line.tsx';
import { linkTo } from '../../app/router.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Section } from '../../ui/section.tsx';

/** What the product that raised the alert says of it, and the alerts of others that saw the same act. */
export function AlertImported({ detail }: { readonly detail: AlertDetail }) {
  const { imported, sameAct = [] } = detail;
  return (
    <>
      {imported && (
        <Section
          title={`Imported from ${imported.product}`}
          actions={imported.link !== '' && <CopyButton label="Copy the link to the alert there" text={imported.link} />}
        >
          <Facts facts={factsOf(imported)} />
        </Section>
      )}
      {sameAct.length > 0 && (
        <Section title={imported ? 'Keepwatch saw the same act' : 'Another product saw the same act'} count={sameAct.length}>
          <AlertLines alerts={sameAct} />
        </Section>
      )}
    </>
  );
}

function factsOf(origin: ImportedOrigin) {
  const { severity, status, classification, catalogueName, category, detector, ids, files, records, link } = origin;
  const facts: (readonly [string, React.ReactNode])[] = [
    ['Severity there', severity || 'not exported'],
    ['State there', [status, classification].filter(Boolean).join(', ') || 'not exported'],
    [
      'In the catalogue',
      catalogueName === '' ? (
        'no alert of that name or number'
      ) : (
        <a key="catalogue" href={linkTo('settings', { part: 'catalogue' })}>
          {catalogueName}
        </a>
      ),
    ],
    ['Category', category],
    ['Detector', detector],
    ['Ids', ids.join(', ')],
    ['From', `${files.join(', ')} (${formatCounted(records, 'record')})`],
    ['Link', link],
  ];
  return facts.filter(([, value]) => value !== '');
}
