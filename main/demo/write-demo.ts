import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProblemError } from '../../shared/result.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { DOMAIN, HONEYTOKEN } from './company.table.ts';
import { EvtxWriter } from './evtx/evtx-writer.ts';
import { type Investigation, tellInvestigation } from './investigation.ts';
import type { Scene } from './scene.ts';
import { DEMO_STORY } from './story.ts';

export type DemoAccount = { readonly sid: string; readonly name: string; readonly domain: string };
export type WrittenDemo = {
  /** Paths below the folder, with forward slashes. */
  readonly files: readonly string[];
  readonly events: number;
  readonly bytes: number;
  /** To be tagged as honeytoken, by its SID. */
  readonly honeytoken: DemoAccount;
};
export type DemoOptions = {
  /** 0 to 1. */
  readonly progress?: (share: number) => void;
  readonly signal?: AbortSignal;
  readonly which?: Investigation;
  /** Also writes `demo.json`, which names the honeytoken for other tools; an import would report it as no evidence. */
  readonly facts?: boolean;
};

const EVENTS_PER_TURN = 2_000;

/** Beside the logs, for other tools; no evidence itself. */
export const DEMO_FACTS_FILE = 'demo.json';

/**
 * Writes the logs of the demo investigation below `folder`, the same bytes every time. Others may run in between. Throws `ProblemError`: cancelled,
 * disk-full, failed (the folder cannot be written).
 */
export async function writeDemo(folder: string, options: DemoOptions = {}): Promise<WrittenDemo> {
  try {
    const scene = await tell(options);
    return await writeLogs(folder, scene, options);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const { code = '', message = '' } = error as NodeJS.ErrnoException;
    if (code === '') throw error;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new ProblemError('disk-full', `The disk is full: the demo evidence needs 40 MB in ${folder}.`);
    throw new ProblemError('failed', `The demo evidence could not be written to ${folder}: ${message}.`);
  }
}

async function tell({ progress, signal, which }: DemoOptions): Promise<Scene> {
  const parts = tellInvestigation(which);
  while (true) {
    const part = parts.next();
    if (part.done) return part.value;
    progress?.(part.value * 0.5);
    await takeTurn(signal);
  }
}

async function writeLogs(folder: string, scene: Scene, { progress, signal, facts = false }: DemoOptions): Promise<WrittenDemo> {
  const total = scene.logs.reduce((sum, { events }) => sum + events.length, 0);
  const files: string[] = [];
  let events = 0;
  let bytes = 0;
  for (const { log, events: logged } of scene.logs) {
    if (logged.length === 0) continue;
    const path = join(folder, log.file);
    makeFolder(dirname(path));
    const writer = await EvtxWriter.create(path, scene.company.host(log.host).fqdn, log.firstRecordId);
    try {
      for (const event of logged) {
        await writer.append(event);
        events += 1;
        if (events % EVENTS_PER_TURN !== 0) continue;
        progress?.(0.5 + (0.5 * events) / total);
        await takeTurn(signal);
      }
      bytes += await writer.finish();
    } catch (error) {
      await writer.abandon();
      throw error;
    }
    files.push(log.file);
  }
  const honeytoken = { sid: scene.company.account(HONEYTOKEN).sid, name: HONEYTOKEN, domain: DOMAIN.netbios };
  if (facts) {
    const about = `Demo investigation of Keepwatch: ${DEMO_STORY.company}. Invented from end to end.`;
    await writeFile(join(folder, DEMO_FACTS_FILE), `${JSON.stringify({ about, honeytokens: [honeytoken] }, null, 2)}\n`);
  }
  progress?.(1);
  return { files, events, bytes, honeytoken };
}

async function takeTurn(signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) throw new ProblemError('cancelled', 'Writing the demo evidence was cancelled.');
  await new Promise((resolve) => setImmediate(resolve));
}
