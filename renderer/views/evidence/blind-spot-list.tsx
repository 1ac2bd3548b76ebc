import { ListTree } from 'lucide-react';
import type { BlindSpot } from '../../../shared/model/blind-spot.ts';
import { linkTo, navigate } from '../../app/router.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './blind-spots.module.css';
import { DEGREE } from './blind-words.ts';

/** Reasons, each with its stretch of time and the record that says so. */
export function BlindSpotList({ spots, isOneHost = false }: { readonly spots: readonly BlindSpot[]; readonly isOneHost?: boolean }) {
  return (
    <ul className={styles.spots} aria-label="Blind spots">
      {spots.map((spot) => (
        <li key={`${spot.host} ${spot.from} ${spot.channel} ${spot.words}`} className={styles.spot}>
          <span className={styles.degree}>
            <Badge tone={DEGREE[spot.degree].tone}>
              <span aria-hidden="true">{DEGREE[spot.degree].sign} </span>
              {DEGREE[spot.degree].word}
            </Badge>
          </span>
          <span className={styles.spotWords}>
            {!isOneHost && (
              <a href={linkTo('entities', { entity: spot.host })} title={spot.host}>
                {spot.hostName}
              </a>
            )}
            <span>{spot.words}</span>
            <span className={styles.faint}>
              <TimeLabel at={spot.from} precision="minute" /> – <TimeLabel at={spot.to} precision="minute" />
            </span>
          </span>
          {spot.eventIndex !== null && (
            <Button
              look="quiet"
              size="small"
              isIcon
              aria-label="Open the record that says so in the timeline"
              onClick={() => navigate('investigate', { index: spot.eventIndex })}
            >
              <ListTree />
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
