import { useQuery } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { ask } from '../data/queries.ts';
import { Button } from '../ui/button.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import styles from './coverage-light.module.css';
import { navigate } from './router.ts';

/** Says at all times which detections could not have fired on this evidence: silence is no proof. */
export function CoverageLight() {
  const { data: blind = [] } = useQuery(ask('app.cannotFire', {}));
  const { data: detections = [] } = useQuery(ask('detections.list', {}));
  const able = Math.max(0, detections.length - blind.length);
  const isEmpty = useQuery(ask('app.status', {})).data?.events === 0;
  const isWhole = blind.length === 0;
  const Icon = isWhole ? ShieldCheck : ShieldAlert;
  const words = isEmpty
    ? 'No evidence yet: nothing can be detected'
    : isWhole
      ? 'Every detection has the records it needs'
      : `${blind.length} of ${detections.length} detections cannot fire on this evidence`;
  return (
    <Tooltip
      content={
        <div className={styles.tip}>
          <strong>{words}</strong>
          {(isEmpty ? [] : blind).slice(0, 6).map((one) => (
            <span key={one.detection}>
              {one.title}: {one.reason}
            </span>
          ))}
          {!isEmpty && blind.length > 6 && <span>and {blind.length - 6} more, see Evidence</span>}
        </div>
      }
    >
      <Button look="quiet" aria-label={`Coverage: ${words}`} onClick={() => navigate('evidence', { part: 'coverage' })}>
        <Icon className={isEmpty ? undefined : isWhole ? styles.whole : styles.partial} aria-hidden="true" />
        {detections.length > 0 && !isEmpty ? `${able}/${detections.length}` : 'Coverage'}
      </Button>
    </Tooltip>
  );
}
