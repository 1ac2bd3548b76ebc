import { CircleCheck, SearchX, Siren } from 'lucide-react';
import type { WhyNotAnswer } from '../../../shared/model/why-not.ts';
import { AlertLines } from '../../app/alert-line.tsx';
import { linkTo } from '../../app/router.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatCount, formatCounted } from '../../ui/number-format.ts';
import { Section } from '../../ui/section.tsx';
import { zoneLabel } from '../../ui/time-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import { BlindSpotList } from './blind-spot-list.tsx';
import { NearestMiss } from './nearest-miss.tsx';
import { TooFew } from './too-few.tsx';
import styles from './why-not.module.css';
import { whyNotText } from './why-not-text.ts';

/** One sentence, then what it rests on. */
export function WhyNotAnswerView({ answer }: { readonly answer: WhyNotAnswer }) {
  const { zone } = useAppearance();
  const { sentence, why, alerts, alertsTotal, blindSpots, blindSpotsTotal, detection, readFrom } = answer;
  const Icon = alertsTotal > 0 ? Siren : SearchX;
  const now = why.nearest[0]?.at ?? why.belowThreshold[0]?.firstAt ?? blindSpots[0]?.from ?? 0;
  return (
    <div className={styles.answer}>
      <div className={styles.sentence} role="status">
        <Icon size={20} aria-hidden="true" />
        <p>{sentence}</p>
        <CopyButton label="Copy the answer" text={() => whyNotText(answer)}>
          Copy
        </CopyButton>
      </div>
      <p className={styles.faint}>
        {formatCounted(why.asked, 'record')} of this entity looked at, {formatCount(why.matched)} matched. It reads{' '}
        {detection.eventIds.length === 1 ? 'event' : 'the events'} {detection.eventIds.slice(0, 16).join(', ')}
        {detection.eventIds.length > 16 && ' and others'}. Times in {zoneLabel(zone, now)}.
        {detection.mode !== 'on' && (
          <>
            {' '}
            The detection is {detection.mode === 'off' ? 'off' : 'in test'}:{' '}
            <a href={linkTo('settings', { part: 'detections', detection: detection.id })}>change it in Settings</a>.
          </>
        )}
        {readFrom !== null && (
          <>
            {' '}
            Records before <TimeLabel at={readFrom} precision="minute" /> were left out: there are too many.
          </>
        )}
      </p>
      {alertsTotal > 0 && (
        <Section title="Alerts in this time" count={alertsTotal}>
          <AlertLines alerts={alerts} />
        </Section>
      )}
      {why.belowThreshold.length > 0 && (
        <Section title="Matched, but too few" count={why.belowThreshold.length}>
          {why.belowThreshold.map((group) => (
            <TooFew key={`${group.key} ${group.firstAt}`} group={group} />
          ))}
        </Section>
      )}
      {why.nearest.length > 0 && (
        <Section title="Nearest misses" count={why.nearest.length}>
          {why.nearest.map((miss) => (
            <NearestMiss key={`${miss.eventIndex} ${miss.step}`} miss={miss} />
          ))}
        </Section>
      )}
      <Section title="What the logs could not see" count={blindSpotsTotal}>
        {blindSpotsTotal === 0 ? (
          <p className={styles.whole}>
            <CircleCheck size={14} aria-hidden="true" /> The logs that would hold such a record were there for the whole time, as far as is
            known.
          </p>
        ) : (
          <>
            <BlindSpotList spots={blindSpots} />
            {blindSpotsTotal > blindSpots.length && (
              <a href={linkTo('evidence', { part: 'coverage', by: 'hosts', detection: detection.id })}>
                All {formatCount(blindSpotsTotal)} by host and day
              </a>
            )}
          </>
        )}
      </Section>
    </div>
  );
}
