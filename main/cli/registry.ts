import { analyzeCommand } from './analyze.ts';
import { benchCommand } from './bench.ts';
import type { Command } from './command.ts';
import { demoCommand } from './demo.ts';
import { eventsCommand } from './events.ts';
import { scoreCommand } from './score.ts';
import { sigmaCommand } from './sigma.ts';
import { verifyCommand } from './verify.ts';
import { whyNotCommand } from './why-not.ts';

/** In the order of the help. */
export const commandRegistry: readonly Command[] = [
  analyzeCommand,
  eventsCommand,
  whyNotCommand,
  demoCommand,
  verifyCommand,
  scoreCommand,
  sigmaCommand,
  benchCommand,
];
