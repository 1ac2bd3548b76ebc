import { Briefcase, Copy, ScanSearch } from 'lucide-react';
import type { EventDetail, EventRow } from '../../../shared/model/event.ts';
import { formatMoment } from '../../../shared/model/time.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { zoneLabel } from '../../ui/time-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import { openMenu } from './action-menu.tsx';
import { openContext } from './actions.ts';
import styles from './detail-panel.module.css';
import { AlertLines } from './line-part.tsx';
import { entityEntries, eventCaseItem, eventText } from './menus.ts';
import { copyAs, request } from './requests.ts';
import { select } from './store.ts';
import { eventKindWords, logonTypeWords } from './words.ts';

/** One record with everything it says and the place it was read from. */
export function EventPart({ index }: { readonly index: number }) {
  const answer = useAnswer('events.detail', { index });
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <LoadingState label="Reading the record" />;
  const detail = answer.data;
  const { row } = detail;
  return (
    <>
      <header className={styles.head}>
        <span className={styles.over}>
          Event {row.eventId} · {eventKindWords(row.kind)}
          {row.logonType > 0 && ` · ${logonTypeWords(row.logonType)}`}
          {row.outcome !== 'none' && ` · ${row.outcome}`}
        </span>
        <h2 className={styles.sentence}>{row.summary}</h2>
        <span className={styles.quiet}>
          <TimeLabel at={row.at} tick={row.tick} precision="full" /> <ZoneName at={row.at} />
        </span>
        <span className={styles.buttons}>
          <Button size="small" onClick={() => void openContext(row)} title="Same host, account and session around this event (C)">
            <ScanSearch /> Context
          </Button>
          <Button size="small" onClick={() => request({ caseItems: [eventCaseItem(row)] })} title="Add to case (A)">
            <Briefcase /> To case
          </Button>
          <Button size="small" look="quiet" onClick={() => copyAs(recordText(detail), 'Record')}>
            <Copy /> Text
          </Button>
          <Button size="small" look="quiet" onClick={() => copyAs(JSON.stringify(detail, null, 2), 'Record')}>
            <Copy /> JSON
          </Button>
        </span>
      </header>
      {detail.alertIds.length > 0 && <AlertLines ids={detail.alertIds} />}
      <Roles row={row} />
      <Place detail={detail} />
      <section className={styles.part} aria-label="Fields">
        <h3>All {detail.fields.length} fields, as logged</h3>
        <table className={styles.fields}>
          <tbody>
            {detail.fields.map(([name, value], position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a record may have two fields of one name, and their order never changes
              <tr key={position}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function ZoneName({ at }: { readonly at: number }) {
  const { zone } = useAppearance();
  return zoneLabel(zone, at);
}

function Roles({ row }: { readonly row: EventRow }) {
  const roles = [
    ['Actor', row.actor],
    ['Target', row.target],
    ['With', row.counterpart],
    ['Host', row.host],
    ['Source', row.source],
  ] as const;
  const named = roles.filter(([, label]) => label !== null);
  if (named.length === 0) return null;
  return (
    <section className={styles.part} aria-label="Who takes part">
      <table className={styles.fields}>
        <tbody>
          {named.map(([role, label]) => (
            <tr key={role}>
              <th scope="row">{role}</th>
              <td className={styles.plain}>
                <Button
                  look="quiet"
                  size="small"
                  onClick={() => select({ kind: 'nodes', ids: [label!.id] })}
                  onContextMenu={(event) => {
                    event.preventDefault();
                    openMenu({ x: event.clientX, y: event.clientY, label: 'Actions', entries: entityEntries(label!) });
                  }}
                >
                  {label!.name}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Enough for another workstation to find the same bytes. */
function Place({ detail: { row, provenance } }: { readonly detail: EventDetail }) {
  const file = provenance.path.split(/[\\/]/).at(-1) ?? provenance.path;
  return (
    <section className={styles.part} aria-label="Where it was read">
      <h3>Evidence</h3>
      <table className={styles.fields}>
        <tbody>
          <tr>
            <th scope="row">File</th>
            <td title={provenance.path}>{file}</td>
          </tr>
          <tr>
            <th scope="row">Record</th>
            <td>
              {provenance.recordId} at byte {provenance.offset}
            </td>
          </tr>
          <tr>
            <th scope="row">SHA-256</th>
            <td>
              {provenance.sha256} <CopyButton text={provenance.sha256} label="Copy the hash of the file" />
            </td>
          </tr>
          <tr>
            <th scope="row">Channel</th>
            <td>{row.channel}</td>
          </tr>
          <tr>
            <th scope="row">Computer</th>
            <td>{row.computer}</td>
          </tr>
          <tr>
            <th scope="row">Event key</th>
            <td>{row.id}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function recordText({ row, fields, provenance }: EventDetail): string {
  return [
    eventText(row),
    `time: ${formatMoment(row.at, row.tick)}`,
    `source: ${provenance.path}, record ${provenance.recordId}, offset ${provenance.offset}, sha256 ${provenance.sha256}`,
    ...fields.map(([name, value]) => `${name}: ${value}`),
  ].join('\n');
}
