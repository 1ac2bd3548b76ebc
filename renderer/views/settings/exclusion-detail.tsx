import { Pencil, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { ExclusionRow } from '../../../shared/model/tuning.ts';
import { ExclusionDialog } from '../../app/exclusions/exclusion-dialog.tsx';
import { formOfExclusion } from '../../app/exclusions/exclusion-form.ts';
import { linkTo } from '../../app/router.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Section } from '../../ui/section.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { detectionWords, EndOf, entityWords, HiddenLink } from './exclusion-columns.tsx';
import styles from './settings.module.css';
import { useRemoveExclusions } from './use-remove-exclusions.ts';

type Props = { readonly row: ExclusionRow; readonly titles: ReadonlyMap<string, string>; readonly onClose: () => void };

/** One exclusion in full, to be changed or removed. */
export function ExclusionDetail({ row, titles, onClose }: Props) {
  const { zone } = useAppearance();
  const [isChanging, setIsChanging] = useState(false);
  const remove = useRemoveExclusions();
  return (
    <Panel
      title="Exclusion"
      className={styles.detection}
      actions={
        <>
          <Button size="small" onClick={() => setIsChanging(true)}>
            <Pencil aria-hidden="true" /> Change…
          </Button>
          <Button size="small" onClick={() => void remove([row.id]).then(onClose)}>
            <Trash2 aria-hidden="true" /> Remove
          </Button>
          <Button look="quiet" size="small" isIcon aria-label="Close the detail" onClick={onClose}>
            <X />
          </Button>
        </>
      }
    >
      <div className={styles.detectionParts}>
        {row.isExpired && <p className={styles.warning}>It has expired and hides nothing any more. Give it a new end to use it again.</p>}
        <Section title="Reason">
          <p className={styles.written}>{row.reason}</p>
        </Section>
        <Facts
          facts={[
            ['Detection', detectionWords(row, titles)],
            [
              'Entity',
              row.entity === '' ? (
                'Any'
              ) : (
                <a key="entity" href={linkTo('entities', { entity: row.entity })} title={row.entity}>
                  {entityWords(row)}
                </a>
              ),
            ],
            ['Address range', row.network === '' ? 'Any' : <code key="network">{row.network}</code>],
            ['Hides now', <HiddenLink key="hides" row={row} />],
            [`Ends (${zone})`, <EndOf key="end" row={row} />],
            ['Author', row.author],
            [`Added (${zone})`, <TimeLabel key="added" at={row.createdAt} precision="minute" />],
            [
              `Changed (${zone})`,
              row.changedAt === row.createdAt ? 'never' : <TimeLabel key="changed" at={row.changedAt} precision="minute" />,
            ],
          ]}
        />
      </div>
      {isChanging && <ExclusionDialog id={row.id} start={formOfExclusion(row, zone)} onClose={() => setIsChanging(false)} />}
    </Panel>
  );
}
