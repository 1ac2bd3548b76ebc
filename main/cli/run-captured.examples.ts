import { Writable } from 'node:stream';
import { runCommand } from './run-command.ts';

/** For tests: a stream that keeps what is written to it. */
class Captured extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.text += chunk;
    done();
  }
}

/** For tests: a command in this process, with what it wrote. A stream given for its output is the caller's to read. */
export async function runCaptured(args: readonly string[], out: Writable = new Captured()) {
  const error = new Captured();
  const code = await runCommand(args, { streams: { out, error }, signal: new AbortController().signal, parseWorkerUrl: null });
  return { code, out: out instanceof Captured ? out.text : '', error: error.text };
}
