import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AlertFilter } from '../../../shared/contract/inputs.ts';
import { SEVERITIES } from '../../../shared/model/severity.ts';
import { ask } from '../../data/queries.ts';
import { formatCounted } from '../../ui/number-format.ts';
import { type AlertQuery, filterOfAlertQuery, informationalLeftOut, parseAlertQuery } from './alert-query.ts';
import styles from './alerts.module.css';

type Props = { readonly query: AlertQuery; readonly onChange: (query: AlertQuery) => void };

/** What the list does not show although it answers the same question: nothing disappears silently. */
export function LeftOut({ query, onChange }: Props) {
  const isQueue = query.shown === 'queue';
  const apart = (shown: 'test' | 'hidden') => (isQueue ? filterOfAlertQuery({ ...query, shown }) : null);
  const informational = useTotal(informationalLeftOut(query));
  const inTest = useTotal(apart('test'));
  const hidden = useTotal(apart('hidden'));
  if (!isQueue) return <Apart query={query} onChange={onChange} />;
  if (informational + inTest + hidden === 0) return null;
  return (
    <p className={styles.leftOut}>
      {informational > 0 && (
        <Line
          words={`${formatCounted(informational, 'informational alert')} not shown`}
          onShow={() => onChange({ ...query, severities: [...SEVERITIES] })}
        />
      )}
      {inTest > 0 && <Line words={`${formatCounted(inTest, 'alert')} in test`} onShow={() => onChange({ ...query, shown: 'test' })} />}
      {hidden > 0 && (
        <Line words={`${formatCounted(hidden, 'alert')} hidden by exclusions`} onShow={() => onChange({ ...query, shown: 'hidden' })} />
      )}
    </p>
  );
}

function Apart({ query, onChange }: Props) {
  return (
    <p className={styles.leftOut}>
      {query.shown === 'test'
        ? 'Alerts of detections in test mode: they do not count and join no incident.'
        : `Hidden by ${query.exclusion === null ? 'exclusions' : 'one exclusion'}: still stored, not counted, in no incident.`}
      <button type="button" onClick={() => onChange(parseAlertQuery({}))}>
        Back to the queue
      </button>
    </p>
  );
}

function Line({ words, onShow }: { readonly words: string; readonly onShow: () => void }) {
  return (
    <span>
      {words}:{' '}
      <button type="button" aria-label={`Show ${words}`} onClick={onShow}>
        show
      </button>
    </span>
  );
}

/** How many alerts a filter finds; 0 where nothing is asked. */
function useTotal(filter: AlertFilter | null): number {
  const answer = useQuery({
    ...ask('alerts.page', { filter: filter ?? {}, sort: 'severity', cursor: null, limit: 1 }),
    enabled: filter !== null,
    placeholderData: keepPreviousData,
  });
  return filter === null ? 0 : (answer.data?.total ?? 0);
}
