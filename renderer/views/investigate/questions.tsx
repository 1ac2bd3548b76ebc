import { useState } from 'react';
import type { EntityKind, EntityRow } from '../../../shared/model/entity.ts';
import type { EventKind } from '../../../shared/model/event.ts';
import { Button } from '../../ui/button.tsx';
import { nameEnds, openPath, showWhatFollowed } from './actions.ts';
import { EntityPicker } from './entity-picker.tsx';
import styles from './questions.module.css';
import { EMPTY_STREAM } from './state.ts';
import { change, useInvestigate } from './store.ts';

const LOGONS: readonly EventKind[] = [
  'logon',
  'logon-failure',
  'explicit-logon',
  'session-reconnected',
  'rdp-session',
  'rdp-authenticated',
  'winrm-session',
];
const ACCOUNT_CHANGES: readonly EventKind[] = [
  'account-created',
  'account-enabled',
  'account-disabled',
  'account-deleted',
  'account-changed',
  'account-renamed',
  'account-locked',
  'account-unlocked',
  'password-changed',
  'password-reset',
  'member-added',
  'member-removed',
  'sid-history-changed',
  'directory-object-changed',
];

/** Start from a question, not from a canvas (pattern 8): sentences with slots. */
export function Questions() {
  return (
    <div className={styles.questions}>
      <OneSlot words={['Who logged on to', '?']} kinds={['computer']} run={(id) => ask(id, LOGONS)} />
      <OneSlot words={['Where did', 'log on?']} kinds={['user']} run={(id) => ask(id, LOGONS)} />
      <OneSlot words={['What was changed on', '?']} kinds={['user', 'group', 'computer']} run={(id) => ask(id, ACCOUNT_CHANGES)} />
      <ReachQuestion />
      <AfterQuestion />
    </div>
  );
}

/** Stream and selection answer the question; the time range stays as chosen on the strip. */
function ask(id: string, kinds: readonly EventKind[]): void {
  change((state) => ({ ...state, selection: { kind: 'nodes', ids: [id] }, stream: { ...EMPTY_STREAM, kinds }, activeContext: '' }));
}

type SlotProps = { readonly words: readonly [before: string, after: string]; readonly kinds: readonly EntityKind[]; run(id: string): void };

function OneSlot({ words: [before, after], kinds, run }: SlotProps) {
  const [entity, setEntity] = useState<EntityRow | null>(null);
  const choose = (row: EntityRow | null) => {
    setEntity(row);
    if (row) run(row.id);
  };
  return (
    <form
      className={styles.question}
      onSubmit={(event) => {
        event.preventDefault();
        if (entity) run(entity.id);
      }}
    >
      <span>{before}</span>
      <EntityPicker kinds={kinds} chosen={entity} onChoose={choose} label={before} />
      <span>{after}</span>
    </form>
  );
}

function ReachQuestion() {
  const [from, setFrom] = useState<EntityRow | null>(null);
  const [to, setTo] = useState<EntityRow | null>(null);
  return (
    <form
      className={styles.question}
      onSubmit={(event) => {
        event.preventDefault();
        if (!from || !to) return;
        nameEnds(from, to);
        openPath(from.id, to.id);
      }}
    >
      <span>How did</span>
      <EntityPicker kinds={['user', 'computer', 'address']} chosen={from} onChoose={setFrom} label="How did" />
      <span>reach</span>
      <EntityPicker kinds={['user', 'computer', 'group', 'service']} chosen={to} onChoose={setTo} label="reach" />
      <Button size="small" type="submit" disabled={!from || !to}>
        Find path
      </Button>
    </form>
  );
}

function AfterQuestion() {
  const { selection } = useInvestigate();
  const [entity, setEntity] = useState<EntityRow | null>(null);
  const at = selection.kind === 'event' || selection.kind === 'alert' ? selection.at : null;
  return (
    <form
      className={styles.question}
      onSubmit={(event) => {
        event.preventDefault();
        if (entity && at !== null) showWhatFollowed(entity.id, at);
      }}
    >
      <span>What did</span>
      <EntityPicker kinds={['user', 'computer', 'address']} chosen={entity} onChoose={setEntity} label="What did" />
      <span>do after the selected event?</span>
      <Button
        size="small"
        type="submit"
        disabled={!entity || at === null}
        title={at === null ? 'Needs a selected event or alert' : undefined}
      >
        Show
      </Button>
    </form>
  );
}
