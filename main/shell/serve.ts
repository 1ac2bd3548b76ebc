import type { IpcMain, WebContents } from 'electron';
import { CALL_CHANNEL } from '../../shared/contract/channels.ts';
import { type Input, OPERATIONS, type OperationName } from '../../shared/contract/operations.ts';
import { problem, type Result } from '../../shared/result.ts';
import { isOurAddress } from './security.ts';

/** Who asks, as far as the door looks. */
export type Sender = { readonly frame: unknown; readonly url: string };

/** Answers that the shell gives instead of the engine; each gets its parsed input. */
export type ShellAnswers = { readonly [Name in OperationName]?: (input: Input<Name>) => Promise<Result<unknown>> };

export type Door = {
  /** The top frame of the console's window, or null before it is open. */
  readonly topFrame: () => unknown;
  readonly shellAnswers: ShellAnswers;
  /** The engine's answer as the JSON of a result. */
  readonly ask: (operation: OperationName, input: unknown) => Promise<string>;
  readonly log: (message: string, error?: unknown) => void;
};

/** The largest request: an uploaded piece of a file, or a graph snapshot, with room for its envelope. */
const REQUEST_LENGTH = 16_000_000;

/** The only way from a window into the program. */
export function serveCalls(ipcMain: Pick<IpcMain, 'handle'>, contents: () => WebContents | null, door: Omit<Door, 'topFrame'>): void {
  const full: Door = { ...door, topFrame: () => contents()?.mainFrame ?? null };
  ipcMain.handle(CALL_CHANNEL, (event, request: unknown) =>
    answerCall({ frame: event.senderFrame, url: event.senderFrame?.url ?? '' }, request, full),
  );
}

/** Checks, in this order: the sender, the operation's name, its input; then asks. Answers the JSON of a `Result` and never rejects. */
export async function answerCall(sender: Sender, request: unknown, door: Door): Promise<string> {
  try {
    const topFrame = door.topFrame();
    if (topFrame === null || sender.frame !== topFrame || !isOurAddress(sender.url)) {
      door.log(`refused a call from ${sender.url.slice(0, 200)}`);
      return asText(problem('not-allowed', 'Only the console itself may ask.'));
    }
    const { operation, input } = readRequest(request);
    if (!isOperation(operation)) return asText(problem('invalid-input', `There is no operation ${String(operation).slice(0, 100)}.`));
    const parsed = OPERATIONS[operation].safeParse(input);
    if (!parsed.success) return asText(problem('invalid-input', `${operation}: ${describeIssues(parsed.error.issues)}`));
    const own = door.shellAnswers[operation] as ((input: unknown) => Promise<Result<unknown>>) | undefined;
    return own === undefined ? await door.ask(operation, parsed.data) : asText(await own(parsed.data));
  } catch (error) {
    door.log('a call failed', error);
    return asText(problem('failed', `Keepwatch made a mistake: ${error instanceof Error ? error.message : String(error)}`));
  }
}

function readRequest(request: unknown): { readonly operation: unknown; readonly input: unknown } {
  if (typeof request !== 'string' || request.length > REQUEST_LENGTH) return { operation: undefined, input: undefined };
  try {
    const value: unknown = JSON.parse(request);
    if (typeof value !== 'object' || value === null) return { operation: undefined, input: undefined };
    return { operation: Reflect.get(value, 'operation'), input: Reflect.get(value, 'input') };
  } catch {
    return { operation: undefined, input: undefined };
  }
}

function isOperation(name: unknown): name is OperationName {
  return typeof name === 'string' && Object.hasOwn(OPERATIONS, name);
}

function describeIssues(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  return issues.map((issue) => `${issue.path.map(String).join('.')} ${issue.message}`.trim()).join('; ');
}

function asText(result: Result<unknown>): string {
  return JSON.stringify(result);
}
