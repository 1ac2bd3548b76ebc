import type { Bridge } from '../../shared/contract/operations.ts';

declare global {
  interface Window {
    /** Put there by the preload; the only way out of the window. */
    readonly keepwatch?: Bridge;
  }
}

export function bridge(): Bridge {
  if (!window.keepwatch) throw new Error('This window was opened without its engine. Start Keepwatch again.');
  return window.keepwatch;
}
