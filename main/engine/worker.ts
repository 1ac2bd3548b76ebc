import { parentPort, workerData } from 'node:worker_threads';
import { openEngine } from './engine.ts';
import type { EngineThreadOptions } from './protocol.ts';
import { serveThread } from './serve-thread.ts';

if (parentPort !== null) await serveThread(parentPort, openEngine, workerData as EngineThreadOptions);
