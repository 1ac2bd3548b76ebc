import { useQueries } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { FAMILY_OF_EDGE, type GraphEdge } from '../../../shared/model/graph.ts';
import { ask } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { LETTER_OF_FAMILY } from '../../ui/graph-canvas/canvas-style.ts';
import { formatCount } from '../../ui/number-format.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { openMenu } from './action-menu.tsx';
import { selectAlert, selectEdge } from './actions.ts';
import styles from './detail-panel.module.css';
import legend from './graph-legend.module.css';
import { edgeEntries } from './menus.ts';
import { RecordList } from './record-list.tsx';
import { request } from './requests.ts';
import { isBundleId, type Selection } from './state.ts';
import { select, useInvestigate } from './store.ts';
import { drawnPicture } from './take-snapshot.ts';
import { EDGE_WORDS } from './words.ts';

type Line = Extract<Selection, { kind: 'line' }>;

/** A line of the graph: its kinds, and the records behind the chosen one (pattern 15: every edge opens a raw record in two clicks). */
export function LinePart({ line }: { readonly line: Line }) {
  const { brush } = useInvestigate();
  const [isAlertsOnly, setIsAlertsOnly] = useState(true);
  const picture = drawnPicture();
  const edges = edgesBetween(picture?.view.edges ?? [], line);
  const chosen = edges.find((edge) => edge.kind === line.edgeKind && edge.from === line.from) ?? edges[0];
  const nameOf = (id: string) => picture?.scene.nodes.find((node) => node.id === id)?.label ?? id.slice(id.indexOf(':') + 1);
  if (!chosen) return <p className={styles.part}>This line is not drawn with the present filters. Step back with Alt+Left.</p>;
  const alertIds = [...new Set(edges.flatMap((edge) => edge.alertIds))];
  const bundle = [chosen.from, chosen.to].find(isBundleId);
  return (
    <>
      <header className={styles.head}>
        <span className={styles.over}>Observed connection</span>
        <h2 className={styles.title}>
          {nameOf(chosen.from)} <ArrowRight size={14} aria-label="to" /> {nameOf(chosen.to)}
        </h2>
        <span className={styles.buttons}>
          <Button size="small" onClick={() => select({ kind: 'nodes', ids: [chosen.from] })}>
            {nameOf(chosen.from)}
          </Button>
          <Button size="small" onClick={() => select({ kind: 'nodes', ids: [chosen.to] })}>
            {nameOf(chosen.to)}
          </Button>
          <Button
            size="small"
            look="quiet"
            onClick={(event) => openMenu({ x: event.clientX, y: event.clientY, label: 'Actions', entries: edgeEntries(edges, nameOf) })}
          >
            Actions…
          </Button>
        </span>
      </header>
      {alertIds.length > 0 && <AlertLines ids={alertIds} />}
      <section className={styles.part} aria-label="Kinds">
        <div className={styles.kinds}>
          {edges.map((edge) => (
            <button key={edge.id} type="button" aria-pressed={edge === chosen} onClick={() => selectEdge(edge.from, edge.to, edge.kind)}>
              <b className={classNames(legend[FAMILY_OF_EDGE[edge.kind]])}>{LETTER_OF_FAMILY[FAMILY_OF_EDGE[edge.kind]]}</b>
              <span className={styles.words}>
                {EDGE_WORDS[edge.kind]}
                {edge.from !== chosen.from && ' (back)'}
              </span>
              <span className={styles.end}>{formatCount(edge.count)}</span>
            </button>
          ))}
        </div>
      </section>
      <section className={styles.part} aria-label="Evidence">
        <h3>
          Evidence: {formatCount(chosen.count)} {chosen.count === 1 ? 'record' : 'records'}
          <span className={styles.spring}>
            <TimeLabel at={chosen.firstAt} precision="minute" />
          </span>
        </h3>
        {bundle ? (
          <Button size="small" onClick={() => request({ bundle })}>
            List the members
          </Button>
        ) : (
          <>
            {chosen.alertIds.length > 0 && (
              <p className={styles.buttons}>
                <Button size="small" aria-pressed={isAlertsOnly} onClick={() => setIsAlertsOnly(true)}>
                  Behind alerts
                </Button>
                <Button size="small" aria-pressed={!isAlertsOnly} onClick={() => setIsAlertsOnly(false)}>
                  All
                </Button>
              </p>
            )}
            <RecordList
              filter={{
                edge: { from: chosen.from, to: chosen.to, kind: chosen.kind },
                ...(brush ? { span: brush } : {}),
                ...(isAlertsOnly && chosen.alertIds.length > 0 ? { alertIds: [...chosen.alertIds] } : {}),
              }}
              empty="No such record lies in the chosen time range."
            />
          </>
        )}
      </section>
    </>
  );
}

function edgesBetween(edges: readonly GraphEdge[], { from, to }: Line): GraphEdge[] {
  return edges
    .filter((edge) => (edge.from === from && edge.to === to) || (edge.from === to && edge.to === from))
    .sort((a, b) => b.alertIds.length - a.alertIds.length || a.count - b.count);
}

/** Alerts by their ids, each as one line that opens it. */
export function AlertLines({ ids }: { readonly ids: readonly string[] }) {
  const answers = useQueries({ queries: ids.slice(0, 30).map((id) => ask('alerts.get', { id })) });
  return (
    <section className={styles.part} aria-label="Alerts">
      <h3>
        {formatCount(ids.length)} {ids.length === 1 ? 'alert' : 'alerts'}
      </h3>
      <div className={styles.list}>
        {answers.map(({ data }) =>
          data ? (
            <button
              key={data.row.id}
              type="button"
              className={styles.item}
              onClick={() => void selectAlert(data.row.id)}
              title={data.row.summary}
            >
              <span className={styles.line}>
                <SeverityMark severity={data.row.severity} />
                <span>{data.row.title}</span>
                <span className={styles.end}>{data.row.status}</span>
              </span>
              <span className={styles.quiet}>
                <TimeLabel at={data.row.firstAt} />
              </span>
            </button>
          ) : null,
        )}
      </div>
    </section>
  );
}
