import { useQuery } from '@tanstack/react-query';
import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { CaseDetail } from '../../../shared/model/case-file.ts';
import { navigate, useRoute } from '../../app/router.ts';
import { chooseCase } from '../../data/current-case.ts';
import { ask } from '../../data/queries.ts';
import { useChange } from '../../data/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Field, TextArea, TextField } from '../../ui/field.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ScrollPart } from '../../ui/scroll-part.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { showProblem, showToast } from '../../ui/toast.tsx';
import { CaseEvidenceList } from './case-evidence-list.tsx';
import { CaseNotes } from './case-notes.tsx';
import styles from './cases.module.css';
import { ExportCase } from './export-case.tsx';

export function CasePanel({ caseId, isCurrent }: { readonly caseId: number; readonly isCurrent: boolean }) {
  const answer = useQuery(ask('cases.get', { caseId }));
  return (
    <Panel isFlush isHeaded label="Case">
      {answer.data ? (
        <Detail detail={answer.data} isCurrent={isCurrent} />
      ) : answer.isError ? (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <LoadingState />
      )}
    </Panel>
  );
}

function Detail({ detail, isCurrent }: { readonly detail: CaseDetail; readonly isCurrent: boolean }) {
  const { row } = detail;
  const caseId = row.id;
  const change = useChange();
  const { params } = useRoute();
  const isExporting = params.export !== undefined;
  const setIsExporting = (isOpen: boolean) => navigate('cases', { case: caseId, export: isOpen ? 1 : null }, 'replace');
  const save = (part: { title?: string; author?: string; summary?: string }) =>
    void change('cases.update', { caseId, ...part }).catch(showProblem);
  const remove = async () => {
    try {
      await change('cases.remove', { caseId });
      navigate('cases');
      showToast({
        title: `Case “${row.title}” removed`,
        action: {
          label: 'Undo',
          run: () => void change('cases.restore', { caseId }).then(() => navigate('cases', { case: caseId }), showProblem),
        },
      });
    } catch (error) {
      showProblem(error);
    }
  };
  return (
    <>
      <header className={styles.header}>
        <h2 className={styles.title}>{row.title}</h2>
        <span className={styles.created}>
          Created <TimeLabel at={row.createdAt} precision="minute" />
        </span>
        <div className={styles.actions}>
          {!isCurrent && <Button onClick={() => chooseCase(caseId)}>Make current</Button>}
          <Button look="quiet" onClick={() => void remove()}>
            <Trash2 aria-hidden="true" /> Remove
          </Button>
          <Button look="primary" onClick={() => setIsExporting(true)}>
            <Download aria-hidden="true" /> Export
          </Button>
        </div>
      </header>
      <ScrollPart label="Content of the case" className={styles.body}>
        <div className={styles.fields}>
          <SavedField label="Title" value={row.title} isNeeded onSave={(title) => save({ title })} />
          <SavedField label="Author" value={row.author} onSave={(author) => save({ author })} />
          <div className={styles.whole}>
            <SavedField label="Summary" value={detail.summary} isLong onSave={(summary) => save({ summary })} />
          </div>
        </div>
        <CaseEvidenceList detail={detail} />
        <CaseNotes detail={detail} />
      </ScrollPart>
      {isExporting && <ExportCase row={row} onClose={() => setIsExporting(false)} />}
    </>
  );
}

type SavedProps = {
  readonly label: string;
  readonly value: string;
  readonly onSave: (text: string) => void;
  readonly isLong?: boolean;
  readonly isNeeded?: boolean;
};

/** A text that is saved when it is left. */
function SavedField({ label, value, onSave, isLong = false, isNeeded = false }: SavedProps) {
  const [text, setText] = useState(value);
  const leave = () => {
    if (isNeeded && !text.trim()) setText(value);
    else if (text !== value) onSave(text);
  };
  const shared = { value: text, onBlur: leave };
  return (
    <Field label={label}>
      {isLong ? (
        <TextArea
          {...shared}
          maxLength={30_000}
          placeholder="What happened, in a few sentences: the first page of the report"
          onChange={(event) => setText(event.target.value)}
        />
      ) : (
        <TextField
          {...shared}
          maxLength={300}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
      )}
    </Field>
  );
}
