import { useQuery } from '@tanstack/react-query';
import { linkTo } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Section } from '../../ui/section.tsx';
import styles from './settings.module.css';

const HOSTS_TOLD = 5;
/** Positions in `BLIND_DEGREES`: probably blind, and blind. */
const BLIND = [2, 3];

/** Hosts and days on which a detection could not have fired, in one line, and the way to the whole matrix and to single questions. */
export function DetectionBlindness({ detection }: { readonly detection: string }) {
  const answer = useQuery(ask('detections.blindMatrix', { detection, cursor: null, limit: HOSTS_TOLD }));
  return (
    <Section title="Where it cannot fire">
      {answer.isError ? (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.data === undefined ? (
        <p className={styles.faint}>Looking through the logs…</p>
      ) : (
        <>
          <p>{blindnessWords(answer.data)}</p>
          <ul className={styles.lines}>
            {answer.data.rows
              .map((row) => ({ ...row, blind: row.degrees.filter((degree) => BLIND.includes(degree)).length }))
              .filter(({ blind }) => blind > 0)
              .map(({ host, hostName, isController, blind }) => (
                <li key={host}>
                  <a href={linkTo('entities', { entity: host })}>{hostName}</a>
                  <span className={styles.faint}>
                    {isController ? 'domain controller, ' : ''}
                    {formatCounted(blind, 'day')}
                  </span>
                </li>
              ))}
          </ul>
        </>
      )}
      <p>
        <a href={linkTo('evidence', { part: 'coverage', by: 'hosts', detection })}>Hosts and days, with reasons</a>
        {' · '}
        <a href={linkTo('evidence', { part: 'why-not', detection })}>Why did it not fire on …?</a>
      </p>
    </Section>
  );
}

type Told = {
  readonly blindHosts: number;
  readonly blindDays: number;
  readonly total: number;
  readonly controllersOnly: boolean;
  readonly days: readonly number[];
};

/** "Cannot fire on 3 of 5 domain controllers, on 2 days." */
function blindnessWords({ blindHosts, blindDays, total, controllersOnly, days }: Told): string {
  const kind = controllersOnly ? 'domain controller' : 'host';
  if (days.length === 0) return 'There is no evidence yet.';
  if (total === 0) return `There is no log of a ${controllersOnly ? 'domain controller' : 'host that it reads'} in the evidence.`;
  if (blindHosts === 0)
    return `Its records could be written on ${total === 1 ? `the one ${kind}` : `all ${formatCounted(total, kind)}`} every day.`;
  return `Cannot fire on ${blindHosts.toLocaleString('en-US')} of ${formatCounted(total, kind)}, on ${formatCounted(blindDays, 'day')} of ${days.length}.`;
}
