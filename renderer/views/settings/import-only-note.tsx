import { Upload } from 'lucide-react';
import { useImportEvidence } from '../../app/import-evidence.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './settings.module.css';

/** How alerts that only another product can raise come in. */
export function ImportOnlyNote() {
  const { pickFiles } = useImportEvidence();
  return (
    <section className={styles.note} aria-label="How to import alerts of other products">
      <p>
        These alerts are raised by cloud and endpoint products from evidence that only they have. Export them there and import the file like
        any evidence; each becomes an alert here, is counted in this list, and joins the incidents of the accounts and hosts that it names.
      </p>
      <ul className={styles.bullets}>
        <li>
          <strong>Microsoft Graph</strong>: save the answer of <code>GET /security/alerts_v2</code> as JSON.
        </li>
        <li>
          <strong>Defender portal, Advanced hunting</strong>: run <code>AlertInfo</code> and <code>AlertEvidence</code>, then Export (CSV),
          or save the answer of <code>runHuntingQuery</code> as JSON. Both tables together name the accounts and hosts.
        </li>
        <li>
          <strong>Microsoft Sentinel, Logs</strong>: run <code>SecurityAlert</code>, then Export to CSV with all columns.
        </li>
        <li>
          <strong>Defender for Identity or ATA by syslog</strong>: the file of the syslog server with its CEF lines.
        </li>
      </ul>
      <Button onClick={pickFiles}>
        <Upload aria-hidden="true" /> Import an export
      </Button>
    </section>
  );
}
