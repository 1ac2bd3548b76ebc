import { Popover } from '@base-ui/react/popover';
import { CalendarRange } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Micros } from '../../shared/model/time.ts';
import { useAppearance } from './appearance.ts';
import { Button } from './button.tsx';
import { Field, TextField } from './field.tsx';
import { formatTime, parseZoned } from './time-format.ts';
import styles from './time-range-filter.module.css';

export type TimeRange = { readonly from: Micros | null; readonly to: Micros | null };

type Props = {
  readonly range: TimeRange;
  readonly onChange: (range: TimeRange) => void /** What it says while both ends are open. */;
  readonly open?: string;
};

/** A span of time typed in the zone on screen; either end may stay open. */
export function TimeRangeFilter({ range, onChange, open = 'Time' }: Props) {
  const { zone } = useAppearance();
  const [isOpen, setIsOpen] = useState(false);
  const shown = (at: Micros | null, end: string) => (at === null ? end : formatTime(at, zone, 'minute'));
  const isSet = range.from !== null || range.to !== null;
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger render={<Button aria-pressed={isSet} />}>
        <CalendarRange aria-hidden="true" />
        {isSet ? `${shown(range.from, 'start')} – ${shown(range.to, 'end')}` : open}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={styles.positioner} sideOffset={4} align="start">
          <Popover.Popup className={styles.popup} aria-label="Time range">
            <RangeForm
              range={range}
              zone={zone}
              onDone={(next) => {
                setIsOpen(false);
                onChange(next);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function RangeForm({
  range,
  zone,
  onDone,
}: {
  readonly range: TimeRange;
  readonly zone: string;
  readonly onDone: (range: TimeRange) => void;
}) {
  const [from, setFrom] = useState(range.from === null ? '' : formatTime(range.from, zone, 'minute'));
  const [to, setTo] = useState(range.to === null ? '' : formatTime(range.to, zone, 'minute'));
  const parsed = { from: from.trim() ? parseZoned(from, zone) : null, to: to.trim() ? parseZoned(to, zone) : null };
  const isWrong = (from.trim() !== '' && parsed.from === null) || (to.trim() !== '' && parsed.to === null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isWrong) onDone(parsed);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label={`From (${zone})`}>
        <TextField value={from} placeholder="2026-11-23 08:00" onChange={(event) => setFrom(event.target.value)} />
      </Field>
      <Field label={`To (${zone})`}>
        <TextField value={to} placeholder="2026-11-24" onChange={(event) => setTo(event.target.value)} />
      </Field>
      {isWrong && (
        <p className={styles.wrong} role="alert">
          Write a date as 2026-11-23, with a time as 2026-11-23 08:00.
        </p>
      )}
      <div className={styles.buttons}>
        <Button onClick={() => onDone({ from: null, to: null })}>Any time</Button>
        <Button look="primary" type="submit" disabled={isWrong}>
          Apply
        </Button>
      </div>
    </form>
  );
}
