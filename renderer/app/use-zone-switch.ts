import { useAppearance } from '../ui/appearance.ts';
import { useChangeSetting } from './use-appearance-of-settings.ts';

/** UTC and the zone of this workstation, which is what most analysts switch between. */
export function useZoneSwitch() {
  const { zone } = useAppearance();
  const changeSetting = useChangeSetting();
  const local = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const setZone = (next: string) => changeSetting('time-zone', next);
  return { zone, local, setZone, toggleZone: () => setZone(zone === 'UTC' ? local : 'UTC') };
}
