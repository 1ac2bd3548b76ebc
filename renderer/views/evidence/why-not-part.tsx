import { useQuery } from '@tanstack/react-query';
import { HelpCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { EntityField } from '../../app/exclusions/entity-field.tsx';
import { navigate, useRoute } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Select } from '../../ui/field.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { TimeRangeFilter } from '../../ui/time-range-filter.tsx';
import styles from './why-not.module.css';
import { WhyNotAnswerView } from './why-not-answer.tsx';

/** "Why did ... not fire on ... in this time?": a sentence with slots, and its answer. The address holds the question. */
export function WhyNotPart() {
  const { params } = useRoute();
  const { detection = '', entity = '' } = params;
  const span = { from: params.from ? Number(params.from) : null, to: params.to ? Number(params.to) : null };
  const detections = useQuery(ask('detections.list', {}));
  const change = (part: Record<string, string | number | null>) => navigate('evidence', { ...params, ...part }, 'replace');
  const isEmpty = useQuery(ask('app.status', {})).data?.events === 0;
  const isWhole = detection !== '' && entity !== '';
  const answer = useQuery({ ...ask('detections.whyNot', { detection, entity, span }), enabled: isWhole });
  const sorted = [...(detections.data ?? [])].sort((a, b) => a.title.localeCompare(b.title));
  if (isEmpty) {
    return (
      <EmptyState icon={HelpCircle} title="No evidence yet">
        Import logs first; then ask here why a detection did not fire on an account, a host or an address.
      </EmptyState>
    );
  }
  return (
    <div className={styles.part}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as one line. */}
      <div className={styles.question} role="group" aria-label="Question">
        <span>Why did</span>
        <Select
          className={styles.detection}
          aria-label="Detection"
          value={detection}
          onChange={(event) => change({ detection: event.target.value })}
        >
          <option value="">choose a detection…</option>
          {sorted.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
        <span>not fire on</span>
        <EntitySlot id={entity} onChoose={(id) => change({ entity: id })} />
        <TimeRangeFilter range={span} open="at any time" onChange={({ from, to }) => change({ from, to })} />
        <span>?</span>
      </div>
      {!isWhole ? (
        <EmptyState icon={HelpCircle} title="Choose a detection and an entity">
          The answer names the records that came nearest and the condition that each failed, groups that were too few, and what the logs
          could not see. Without a time, all of the evidence is looked at.
        </EmptyState>
      ) : answer.isError ? (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.data === undefined ? (
        <div className={styles.waiting}>
          <LoadingState />
          <p>Going through the records as a run does…</p>
        </div>
      ) : (
        <WhyNotAnswerView answer={answer.data} />
      )}
    </div>
  );
}

/** The field keeps what is typed; an entity that the address brings is named first. */
function EntitySlot({ id, onChoose }: { readonly id: string; readonly onChoose: (id: string) => void }) {
  const [own, setOwn] = useState({ id: '', name: '' });
  const [turn, setTurn] = useState(0);
  const isForeign = id !== '' && id !== own.id;
  const { data, isError } = useQuery({ ...ask('entities.get', { id }), enabled: isForeign });
  const name = isError ? id : data?.row.name;
  useEffect(() => {
    if (!isForeign || name === undefined) return;
    setOwn({ id, name });
    setTurn((before) => before + 1);
  }, [isForeign, id, name]);
  return (
    <span className={styles.entity}>
      <EntityField
        key={turn}
        id={own.id}
        name={own.name}
        suggested={[]}
        placeholder="entity: type part of a name"
        onChoose={(chosen, chosenName) => {
          setOwn({ id: chosen, name: chosenName });
          onChoose(chosen);
        }}
      />
    </span>
  );
}
