import { useQueryClient } from '@tanstack/react-query';
import { Crown, Expand, Focus, Hexagon, SquareArrowOutUpRight } from 'lucide-react';
import { ENTITY_TAGS, type EntityDetail } from '../../../shared/model/entity.ts';
import { linkTo } from '../../app/router.ts';
import { call } from '../../data/client.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { Button } from '../../ui/button.tsx';
import { ENTITY_WORDS, EntityIcon } from '../../ui/entity-icon.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import { showProblem } from '../../ui/toast.tsx';
import { openMenu } from './action-menu.tsx';
import { expand, focusOn, selectEventIndex } from './actions.ts';
import styles from './detail-panel.module.css';
import { AlertLines } from './line-part.tsx';
import { entityEntries } from './menus.ts';
import { select } from './store.ts';
import { logonTypeWords } from './words.ts';

/** One entity: alerts, logons, and what ties its names together. */
export function EntityPart({ id }: { readonly id: string }) {
  const answer = useAnswer('entities.get', { id });
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <LoadingState label="Reading the entity" />;
  const { row, alertIds } = answer.data;
  return (
    <>
      <header className={styles.head}>
        <span className={styles.over}>
          <EntityIcon kind={row.kind} /> {ENTITY_WORDS[row.kind]}
          {row.domain !== '' && ` · ${row.domain}`}
          {row.roles.length > 0 && ` · ${row.roles.join(', ')}`}
        </span>
        <h2 className={styles.title}>{row.name}</h2>
        <span className={styles.quiet}>
          {formatCount(row.eventCount)} events, <TimeLabel at={row.firstAt} precision="minute" /> to{' '}
          <TimeLabel at={row.lastAt} precision="minute" />
        </span>
        <Tags detail={answer.data} />
        <span className={styles.buttons}>
          <Button size="small" onClick={() => focusOn([id])}>
            <Focus /> Focus
          </Button>
          <Button size="small" onClick={() => void expand(id).catch(showProblem)} title="Expand neighbors (E)">
            <Expand /> Expand
          </Button>
          <Button size="small" onClick={() => location.assign(linkTo('entities', { entity: id }))}>
            <SquareArrowOutUpRight /> Page
          </Button>
          <Button
            size="small"
            look="quiet"
            onClick={(event) => openMenu({ x: event.clientX, y: event.clientY, label: 'Actions', entries: entityEntries(row) })}
          >
            More…
          </Button>
        </span>
      </header>
      {alertIds.length > 0 && <AlertLines ids={alertIds} />}
      <Logons detail={answer.data} />
      <Identifiers detail={answer.data} />
    </>
  );
}

function Tags({ detail: { row } }: { readonly detail: EntityDetail }) {
  const client = useQueryClient();
  const set = async (tag: (typeof ENTITY_TAGS)[number], on: boolean) => {
    await call('entities.tag', { id: row.id, tag, on });
    await client.invalidateQueries({ predicate: ({ queryKey }) => /^(entities|graph)\./.test(String(queryKey[0])) });
  };
  return (
    <span className={styles.buttons}>
      {ENTITY_TAGS.map((tag) => (
        <button
          key={tag}
          type="button"
          className={styles.tag}
          aria-pressed={row.tags.includes(tag)}
          onClick={() => void set(tag, !row.tags.includes(tag)).catch(showProblem)}
        >
          {tag === 'sensitive' ? <Crown size={12} /> : <Hexagon size={12} />} {tag}
        </button>
      ))}
    </span>
  );
}

function Logons({ detail: { row, logons } }: { readonly detail: EntityDetail }) {
  if (logons.length === 0) return null;
  return (
    <section className={styles.part} aria-label="Logons">
      <h3>Logons</h3>
      <div className={styles.list}>
        {logons.slice(0, 40).map((logon) => {
          const other = logon.account.id === row.id ? logon.host : logon.account;
          return (
            <button
              key={`${logon.account.id}|${logon.host.id}|${logon.logonType}|${logon.outcome}`}
              type="button"
              className={styles.item}
              onClick={() => select({ kind: 'nodes', ids: [other.id] })}
              title={`${logon.account.name} on ${logon.host.name}`}
            >
              <span className={styles.line}>
                <span>{other.name}</span>
                <span className={styles.end}>{formatCount(logon.count)}</span>
              </span>
              <span className={styles.quiet}>
                {logonTypeWords(logon.logonType) || 'logon'}
                {logon.outcome === 'failure' && ' failed'}, last <TimeLabel at={logon.lastAt} precision="minute" />
              </span>
            </button>
          );
        })}
      </div>
    </section>
  );
}

const IDENTIFIER_WORDS = { sid: 'SID', 'account-name': 'Account', upn: 'UPN', 'host-name': 'Host name', address: 'Address' } as const;

function Identifiers({ detail: { identifiers } }: { readonly detail: EntityDetail }) {
  if (identifiers.length === 0) return null;
  return (
    <section className={styles.part} aria-label="Identifiers">
      <h3>Identifiers, with the record that shows each</h3>
      <div className={styles.list}>
        {identifiers.map((claim) => (
          <button
            key={`${claim.type}|${claim.value}`}
            type="button"
            className={styles.item}
            disabled={claim.evidence < 0}
            onClick={() => void selectEventIndex(claim.evidence).catch(showProblem)}
            title={claim.evidence < 0 ? 'Follows from the name' : 'Opens the record that shows it'}
          >
            <span className={styles.mono}>{claim.value}</span>
            <span className={styles.quiet}>
              {IDENTIFIER_WORDS[claim.type]}, {formatCount(claim.count)} × from <TimeLabel at={claim.firstAt} precision="minute" /> to{' '}
              <TimeLabel at={claim.lastAt} precision="minute" />
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}
