import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { ALERT_SOURCES, type AlertRow, CLASSIFICATIONS } from '../../../shared/model/alert.ts';
import { isImportedDetection } from '../../../shared/model/imported-alert.ts';
import { SEVERITIES } from '../../../shared/model/severity.ts';
import { isSigmaDetection } from '../../../shared/model/sigma.ts';
import { TACTICS } from '../../../shared/model/technique.table.ts';
import { ask } from '../../data/queries.ts';
import { CLASSIFICATION_WORDS, SOURCE_WORDS } from '../../ui/alert-words.ts';
import { Button } from '../../ui/button.tsx';
import { SearchField, Select } from '../../ui/field.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { FilterBar } from '../../ui/page.tsx';
import { Segments } from '../../ui/segments.tsx';
import { SEVERITY_WORDS } from '../../ui/severity-mark.tsx';
import { TimeRangeFilter } from '../../ui/time-range-filter.tsx';
import { type AlertQuery, isPlainQuery, parseAlertQuery } from './alert-query.ts';

type Props = { readonly query: AlertQuery; readonly rows: readonly AlertRow[]; readonly onChange: (query: AlertQuery) => void };

const SHELF_WORDS: Readonly<Record<AlertQuery['shown'], string>> = { queue: 'Queue', test: 'Test', hidden: 'Hidden by exclusions' };

export function AlertFilters({ query, rows, onChange }: Props) {
  const { data: detections = [] } = useQuery(ask('detections.list', {}));
  const { data: sigma } = useQuery(ask('sigma.overview', {}));
  const hasOthers = (sigma?.sets.length ?? 0) > 0 || query.sources.length > 0 || rows.some(({ imported }) => imported !== undefined);
  const change = (part: Partial<AlertQuery>) => onChange({ ...query, ...part });
  return (
    <FilterBar label="Filters">
      <SearchField id="alert-search" label="Filter by text" value={query.text} onChange={(text) => change({ text })} />
      <Select
        aria-label="List"
        value={query.shown}
        onChange={(event) => change({ shown: event.target.value as AlertQuery['shown'], exclusion: null })}
      >
        {(Object.keys(SHELF_WORDS) as AlertQuery['shown'][]).map((shelf) => (
          <option key={shelf} value={shelf}>
            {SHELF_WORDS[shelf]}
          </option>
        ))}
      </Select>
      <Segments
        label="Status"
        value={query.status}
        onChange={(status) => change({ status })}
        options={[
          { value: 'open', label: 'Open' },
          { value: 'resolved', label: 'Resolved' },
          { value: 'all', label: 'All' },
        ]}
      />
      <FilterMenu
        label="Severity"
        chosen={query.severities}
        onChange={(severities) => change({ severities: [...severities] })}
        options={[...SEVERITIES].reverse().map((value) => ({ value, label: SEVERITY_WORDS[value] }))}
      />
      <FilterMenu
        label="Classification"
        chosen={query.classifications}
        onChange={(classifications) => change({ classifications: [...classifications] })}
        options={CLASSIFICATIONS.map((value) => ({ value, label: CLASSIFICATION_WORDS[value] }))}
      />
      {hasOthers && (
        <FilterMenu
          label="Source"
          chosen={query.sources}
          onChange={(sources) => change({ sources: [...sources] })}
          options={ALERT_SOURCES.map((value) => ({ value, label: SOURCE_WORDS[value] }))}
        />
      )}
      <FilterMenu
        label="Tactic"
        chosen={query.tactics}
        onChange={(tactics) => change({ tactics })}
        options={TACTICS.map(({ name }) => ({ value: name, label: name }))}
      />
      <FilterMenu
        label="Detection"
        chosen={query.detections}
        onChange={(chosen) => change({ detections: chosen })}
        options={[
          ...detections.map(({ id, title, alerts }) => ({ value: id, label: title, count: alerts })),
          ...othersOptions(rows, query),
        ]}
      />
      <FilterMenu
        label="Entity"
        chosen={query.entities}
        onChange={(entities) => change({ entities })}
        options={entityOptions(rows, query.entities)}
      />
      <TimeRangeFilter range={query} onChange={({ from, to }) => change({ from, to })} />
      {!isPlainQuery(query) && (
        <Button look="quiet" onClick={() => onChange({ ...parseAlertQuery({}), status: query.status, sort: query.sort })}>
          <X aria-hidden="true" /> Clear
        </Button>
      )}
    </FilterBar>
  );
}

/** Sigma rules and kinds of imported alerts are too many for a menu: only those that are chosen (a link led here) stand in it, under their titles. */
function othersOptions(rows: readonly AlertRow[], query: AlertQuery) {
  const titles = new Map(
    rows.flatMap((row) => [row, ...(row.alsoMatched ?? [])].map(({ detection, title }) => [detection, title] as const)),
  );
  return query.detections
    .filter((id) => isSigmaDetection(id) || isImportedDetection(id))
    .map((id) => ({ value: id, label: `${isSigmaDetection(id) ? 'Sigma' : 'Imported'}: ${titles.get(id) ?? id}` }));
}

/** Entities of the alerts at hand, most alerts first, and whatever is chosen already. */
function entityOptions(rows: readonly AlertRow[], chosen: readonly string[]) {
  const found = new Map<string, { label: string; count: number }>();
  for (const row of rows) {
    for (const id of new Set(row.entities.map((entity) => entity.id))) {
      const known = found.get(id);
      if (known) known.count += 1;
      else found.set(id, { label: row.entities.find((entity) => entity.id === id)!.name, count: 1 });
    }
  }
  for (const id of chosen) if (!found.has(id)) found.set(id, { label: id, count: 0 });
  const options = [...found].map(([value, { label, count }]) => ({ value, label, count }));
  return options.sort((a, b) => b.count - a.count || a.label.localeCompare(b.label)).slice(0, 60);
}
