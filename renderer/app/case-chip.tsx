import { useQuery } from '@tanstack/react-query';
import { Briefcase, ChevronDown, FilePlus2 } from 'lucide-react';
import { chooseCase, useCurrentCase } from '../data/current-case.ts';
import { ask } from '../data/queries.ts';
import { useChange } from '../data/use-change.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { showProblem } from '../ui/toast.tsx';
import styles from './case-chip.module.css';
import { navigate } from './router.ts';
import { useSettings } from './use-appearance-of-settings.ts';

export function useCreateCase() {
  const change = useChange();
  const { analyst } = useSettings();
  return async (title = 'New case') => {
    try {
      const row = await change('cases.create', { title, author: analyst });
      chooseCase(row.id);
      navigate('cases', { case: row.id });
    } catch (error) {
      showProblem(error);
    }
  };
}

/** The case that "add to case" adds to. */
export function CaseChip() {
  const current = useCurrentCase();
  const { data: cases = [] } = useQuery(ask('cases.list', {}));
  const createCase = useCreateCase();
  return (
    <Menu
      trigger={
        <Button look="quiet" title="The current case: “add to case” adds here" className={styles.chip}>
          <Briefcase aria-hidden="true" />
          <span className={styles.title}>
            <span className="only-read">Current case: </span>
            {current ? current.title : 'No case'}
          </span>
          {current && <span className={styles.count}>{current.evidenceCount}</span>}
          <ChevronDown aria-hidden="true" />
        </Button>
      }
      items={[
        ...(current
          ? [
              { label: `Open “${current.title}”`, icon: Briefcase, run: () => navigate('cases', { case: current.id }) },
              'separator' as const,
            ]
          : []),
        ...cases.slice(0, 12).map((row) => ({
          label: row.title,
          isChecked: row.id === current?.id,
          hint: String(row.evidenceCount),
          run: () => chooseCase(row.id),
        })),
        ...(cases.length > 0 ? ['separator' as const] : []),
        { label: 'New case', icon: FilePlus2, run: () => void createCase() },
      ]}
    />
  );
}
