import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { SigmaRuleDetail } from '../../../shared/model/sigma.ts';
import { linkTo } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { useChange } from '../../data/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { ScrollPart } from '../../ui/scroll-part.tsx';
import { Section } from '../../ui/section.tsx';
import { showProblem } from '../../ui/toast.tsx';
import styles from './sigma.module.css';
import { SigmaLevelBadge, SigmaStateBadge } from './sigma-words.tsx';
import { YamlText } from './yaml-text.tsx';

/** One rule: what became of it and why, what its author says, its text. */
export function SigmaRulePanel({ fileId, onClose }: { readonly fileId: number; readonly onClose: () => void }) {
  const answer = useQuery(ask('sigma.rule', { fileId }));
  return (
    <Panel isFlush isHeaded label="Sigma rule" className={styles.side}>
      {answer.data ? (
        <Rule detail={answer.data} onClose={onClose} />
      ) : answer.isError ? (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <LoadingState />
      )}
    </Panel>
  );
}

function Rule({ detail, onClose }: { readonly detail: SigmaRuleDetail; readonly onClose: () => void }) {
  const { row, about, text, isOn } = detail;
  const change = useChange();
  const flip = () => void change('sigma.switch', { kind: 'rule', value: row.key, on: !isOn }).catch(showProblem);
  const ruleText = text && (
    <Section title="Rule">
      <YamlText text={text} marked={row.line} />
    </Section>
  );
  return (
    <>
      <header className={styles.ruleHead}>
        <div className={styles.badges}>
          <SigmaStateBadge state={row.state} />
          <SigmaLevelBadge level={row.level} />
          <Button className={styles.close} look="quiet" size="small" isIcon aria-label="Close the rule" onClick={onClose}>
            <X />
          </Button>
        </div>
        <h2 className={styles.ruleTitle}>{row.title}</h2>
        {row.reason && (
          <p className={styles.reason}>
            {row.line > 0 && <strong>Line {row.line}: </strong>}
            {row.reason}
          </p>
        )}
        <div className={styles.badges}>
          {row.alerts > 0 && (
            <a className={styles.alerts} href={linkTo('alerts', { detection: `sigma:${row.key}`, status: 'all' })}>
              Show {formatCounted(row.alerts, 'alert')}
            </a>
          )}
          {row.state !== 'unsupported' && <Button onClick={flip}>{isOn ? 'Switch this rule off' : 'Switch this rule on'}</Button>}
          {text && (
            <CopyButton label="Copy the text of the rule" text={text}>
              Copy rule
            </CopyButton>
          )}
        </div>
      </header>
      <ScrollPart label="About the rule" className={styles.parts}>
        {/* The place that is refused comes first. */}
        {row.line > 0 && ruleText}
        {about.description && <p className={styles.description}>{about.description}</p>}
        <Facts
          facts={[
            ['Author', about.author || 'not named'],
            ['Status', row.status || 'not given'],
            ['Tags', row.tags.join(', ') || 'none'],
            ['Reads', detail.reads.length > 0 ? detail.reads.join('; ') : 'nothing here'],
            ['Set', detail.setName],
            ['File', row.path],
            ['Id', <code key="id">{row.key}</code>],
          ]}
        />
        {about.falsePositives.length > 0 && (
          <Section title="What else it could be">
            <ul className={styles.bullets}>
              {about.falsePositives.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Section>
        )}
        {about.references.length > 0 && (
          <Section title="References" actions={<CopyButton label="Copy the references" text={about.references.join('\n')} />}>
            <ul className={styles.bullets}>
              {about.references.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Section>
        )}
        {row.line === 0 && ruleText}
      </ScrollPart>
    </>
  );
}
