import { useQuery } from '@tanstack/react-query';
import { linkTo } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatBytes, formatCount } from '../../ui/number-format.ts';
import { Section } from '../../ui/section.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './settings.module.css';

export function StoragePart() {
  const status = useQuery(ask('app.status', {}));
  if (status.isError) return <ErrorState error={status.error} />;
  if (!status.data) return <LoadingState />;
  const { storePath, storeBytes, events, files, span, memoryBytes, notes } = status.data;
  return (
    <div className={styles.part}>
      <Section title="Store">
        <Facts
          facts={[
            [
              'Path',
              <span key="path" className={styles.copied}>
                <code>{storePath}</code>
                <CopyButton label="Copy the path of the store" text={storePath} />
              </span>,
            ],
            ['Size', formatBytes(storeBytes)],
            ['Events', formatCount(events)],
            [
              'Files',
              <a key="files" href={linkTo('evidence')}>
                {formatCount(files)}
              </a>,
            ],
            [
              'Covers',
              span ? (
                <span key="span">
                  <TimeLabel at={span.from} /> – <TimeLabel at={span.to} />
                </span>
              ) : (
                'nothing yet'
              ),
            ],
            ['Memory in use', formatBytes(memoryBytes)],
          ]}
        />
      </Section>
      <Section title="Health">
        {notes.length === 0 ? (
          <p>The store was checked at the start and is in order.</p>
        ) : (
          <ul className={styles.bullets}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Taking evidence out">
        <p>
          Every import can be removed by itself in <a href={linkTo('evidence')}>Evidence</a>. What was found is kept in the store only; the
          files that were imported are never changed.
        </p>
      </Section>
    </div>
  );
}
