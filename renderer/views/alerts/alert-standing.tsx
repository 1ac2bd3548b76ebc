import { useQuery } from '@tanstack/react-query';
import type { AlertRow } from '../../../shared/model/alert.ts';
import { linkTo } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import styles from './alert-detail.module.css';

/** Why an alert does not count: by which exclusions it is hidden, or that its detection is in test mode. */
export function AlertStanding({ row }: { readonly row: AlertRow }) {
  const { data = [] } = useQuery({ ...ask('exclusions.list', {}), enabled: row.hiddenBy.length > 0 });
  if (!row.isTest && row.hiddenBy.length === 0) return null;
  return (
    <div className={styles.standing}>
      {row.isTest && (
        <p>
          <Badge tone="warning">Test</Badge> Its detection is in test mode, so it does not count.{' '}
          <a href={linkTo('settings', { part: 'detections', detection: row.detection })}>Tune the detection</a>
        </p>
      )}
      {data
        .filter(({ id }) => row.hiddenBy.includes(id))
        .map(({ id, reason, author }) => (
          <p key={id}>
            <Badge>Hidden</Badge> by an exclusion of {author}: {reason}{' '}
            <a href={linkTo('settings', { part: 'exclusions', exclusion: id })}>Open the exclusion</a>
          </p>
        ))}
    </div>
  );
}
