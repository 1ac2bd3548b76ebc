import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { AppStatus } from '../../shared/contract/operations.ts';

/** A page of the window, reached from the navigation. Its folder has the name of its id. */
export type View = {
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  /** Keys that go there, for example `g a`. */
  readonly shortcut: string;
  readonly component: ComponentType;
  /** Number beside the title in the navigation; left out where none is of use. */
  readonly count?: (status: AppStatus) => number;
};
