import { useState } from 'react';
import { useChangeSetting, useSettings } from '../../app/use-appearance-of-settings.ts';
import { Field, Select, TextField } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { Segments } from '../../ui/segments.tsx';
import { formatTime, zoneLabel } from '../../ui/time-format.ts';
import styles from './settings.module.css';

export function AppearancePart() {
  const settings = useSettings();
  const changeSetting = useChangeSetting();
  const [analyst, setAnalyst] = useState(settings.analyst);
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
  const now = Date.now() * 1000;
  const zone = settings['time-zone'];
  return (
    <div className={styles.part}>
      <Section title="Theme">
        <Segments
          label="Theme"
          value={settings.theme}
          onChange={(theme) => changeSetting('theme', theme)}
          options={[
            { value: 'system', label: 'As the system' },
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
          ]}
        />
      </Section>
      <Section title="Density">
        <Segments
          label="Density"
          value={settings.density}
          onChange={(density) => changeSetting('density', density)}
          options={[
            { value: 'compact', label: 'Compact' },
            { value: 'comfortable', label: 'Comfortable' },
          ]}
        />
      </Section>
      <Section title="Time">
        <Field
          label="Time zone"
          hint={`Everything on screen is shown in this zone; hovering a time gives UTC too. Now: ${formatTime(now, zone, 'minute')} ${zoneLabel(zone, now)}. Exports are always in UTC.`}
        >
          <Select value={zone} onChange={(event) => changeSetting('time-zone', event.target.value)}>
            {!zones.includes(zone) && <option value={zone}>{zone}</option>}
            {zones.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </Section>
      <Section title="Analyst">
        <Field label="Your name" hint="Author of the cases you create. It is stored on this workstation and written into case files.">
          <TextField
            value={analyst}
            maxLength={200}
            onChange={(event) => setAnalyst(event.target.value)}
            onBlur={() => analyst !== settings.analyst && changeSetting('analyst', analyst)}
          />
        </Field>
      </Section>
    </div>
  );
}
