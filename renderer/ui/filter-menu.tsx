import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import { Button } from './button.tsx';
import menuStyles from './menu.module.css';

type Option<Value extends string> = { readonly value: Value; readonly label: string; readonly count?: number | undefined };
type Props<Value extends string> = {
  readonly label: string;
  readonly options: readonly Option<Value>[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
};

/** A filter of several values: the button says how many are chosen, the list stays open while choosing. */
export function FilterMenu<Value extends string>({ label, options, chosen, onChange }: Props<Value>) {
  const toggle = (value: Value, isOn: boolean) => onChange(isOn ? [...chosen, value] : chosen.filter((other) => other !== value));
  const summary = chosen.length === 1 ? (options.find(({ value }) => value === chosen[0])?.label ?? chosen[0]) : String(chosen.length);
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={<Button aria-pressed={chosen.length > 0} />}>
        {label}
        {chosen.length > 0 && `: ${summary}`}
        <ChevronDown aria-hidden="true" />
      </BaseMenu.Trigger>
      <BaseMenu.Portal>
        <BaseMenu.Positioner className={menuStyles.positioner} sideOffset={4} align="start">
          <BaseMenu.Popup className={menuStyles.popup}>
            {options.map((option) => (
              <BaseMenu.CheckboxItem
                key={option.value}
                className={menuStyles.item}
                checked={chosen.includes(option.value)}
                onCheckedChange={(isOn) => toggle(option.value, isOn)}
                closeOnClick={false}
              >
                <span className={menuStyles.icon}>{chosen.includes(option.value) && <Check size={14} aria-hidden="true" />}</span>
                <span className={menuStyles.label}>{option.label}</span>
                {option.count !== undefined && <span className={menuStyles.hint}>{option.count}</span>}
              </BaseMenu.CheckboxItem>
            ))}
            <BaseMenu.Separator className={menuStyles.separator} />
            <BaseMenu.Item className={menuStyles.item} disabled={chosen.length === 0} onClick={() => onChange([])}>
              <span className={menuStyles.icon} />
              <span className={menuStyles.label}>Clear</span>
            </BaseMenu.Item>
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}
