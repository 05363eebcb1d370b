/**
 * Has the Allure report built by a process of its own: the run goes on meanwhile, and whatever goes wrong there is no fault of the run.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Results } from '../../results/results.ts';
import { LOADER } from '../../start/loader.ts';

export type ToBuilder =
  | { readonly kind: 'begin'; readonly folder: string; readonly camera: Results['camera'] | null }
  | { readonly kind: 'read'; readonly names: readonly string[] }
  | { readonly kind: 'finish' };
export type FromBuilder = { readonly kind: 'done'; readonly page: string } | { readonly kind: 'failed'; readonly message: string };

export interface ReportBuilder {
  /** Files of the results folder that are written: they are read at leisure. */
  add(name: string): void;
  /** Writes the report and resolves with the path of its page. Rejects with one sentence when it cannot be built. */
  finish(): Promise<string>;
  /** Ends the process, whatever it does. */
  end(): Promise<void>;
}

/** A message for each file would cost more than reading it. */
const AT_ONCE = 100;
const LIMIT_MS = 120_000;
/** Far above what ten runs of 3,900 checks need; a report that needs more is not built, and says so. */
const MOST_MEGABYTES = 1024;

/** @param camera whose earlier runs are shown; null: the one of the `results.json` that is there */
export function startReportBuilder(folder: string, camera: Results['camera'] | null): ReportBuilder {
  const child = fork(fileURLToPath(new URL('./report-builder-main.ts', import.meta.url)), {
    execArgv: [...LOADER, `--max-old-space-size=${MOST_MEGABYTES}`],
    // Allure talks of its progress; what goes wrong is said over IPC.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  giveWay(child);
  const exited = once(child, 'exit').then(([code, signal]): never => {
    throw new Error(`its process ended (${signal ?? `exit code ${code}`})`);
  });
  const done = Promise.race([outcomeOf(child), exited]);
  done.catch(() => undefined);
  const tell = (message: ToBuilder): void => void (child.connected && child.send(message, () => undefined));
  tell({ kind: 'begin', folder, camera });
  // A run that ends without its report does not wait for it.
  child.unref();
  let waiting: string[] = [];
  return {
    add: (name) => {
      waiting.push(name);
      if (waiting.length < AT_ONCE) return;
      tell({ kind: 'read', names: waiting });
      waiting = [];
    },
    finish: async () => {
      // From now on it is waited for: a process with nothing else to do would end here, without its exit code.
      child.ref();
      tell({ kind: 'finish' });
      return within(LIMIT_MS, done);
    },
    end: async () => {
      child.ref();
      child.kill('SIGKILL');
      await exited.catch(() => undefined);
    },
  };
}

/** The camera that is tested may share the processor with it, and what is timed is the camera. */
function giveWay({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It may have ended, or the system allows it not; either is as well.
  }
}

const outcomeOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('message', (message: FromBuilder) => {
      if (message.kind === 'done') resolve(message.page);
      else reject(new Error(message.message));
    });
  });

async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
