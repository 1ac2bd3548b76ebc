/** The parts of a key press that shortcuts look at. */
export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/** One step of a shortcut: `mod+k`, `shift+f`, `?`, `escape`, `[`. `mod` is Ctrl, on macOS Command. */
export function matchesStep(step: string, press: KeyPress): boolean {
  const parts = step.toLowerCase().split('+').filter(Boolean);
  const key = step.endsWith('+') ? '+' : parts.at(-1);
  const wanted = new Set(step.endsWith('+') ? parts : parts.slice(0, -1));
  if (wanted.has('mod') !== (press.ctrlKey || press.metaKey) || wanted.has('alt') !== press.altKey) return false;
  const pressed = press.key === ' ' ? 'space' : press.key.toLowerCase();
  if (pressed !== key) return false;
  // A sign such as "?" already tells whether Shift was needed on this keyboard; letters and named keys do not.
  const tells = pressed.length === 1 && !/[a-z]/.test(pressed);
  return tells || wanted.has('shift') === press.shiftKey;
}

/** How far `steps` is matched by the presses so far: 'whole', 'begun' or 'none'. */
export function matchKeys(keys: string, presses: readonly KeyPress[]): 'whole' | 'begun' | 'none' {
  const steps = keys.split(' ');
  if (presses.length > steps.length) return 'none';
  if (!presses.every((press, position) => matchesStep(steps[position]!, press))) return 'none';
  return presses.length === steps.length ? 'whole' : 'begun';
}

const SHOWN: Readonly<Record<string, string>> = {
  escape: 'Esc',
  enter: 'Enter',
  space: 'Space',
  tab: 'Tab',
  shift: 'Shift',
  alt: 'Alt',
  delete: 'Del',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
};

/** The caps to print for a shortcut, step by step: `mod+k` is [["Ctrl", "K"]]. */
export function keyCaps(keys: string, isMac: boolean): readonly (readonly string[])[] {
  return keys.split(' ').map((step) => {
    const parts = step.endsWith('+') ? [...step.split('+').filter(Boolean), '+'] : step.split('+');
    return parts.map((part) =>
      part === 'mod' ? (isMac ? '⌘' : 'Ctrl') : (SHOWN[part] ?? (part.length === 1 ? part.toUpperCase() : part)),
    );
  });
}
