/** Runs an emulator as a process of its own, so that its work does not slow down whoever tests it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { LOADER } from '../start/loader.ts';
import type { FromEmulator, ProcessOptions, Subject, ToEmulator } from './control.ts';
import type { LoggedRequest } from './request-log.ts';
import type { WitnessedRequest } from './witness.ts';

export interface EmulatorProcess {
  readonly pid: number;
  /** where it answered first */
  readonly url: string;
  readonly rtspUrl: string;
  state(): Promise<Record<string, unknown>>;
  requests(): Promise<readonly LoggedRequest[]>;
  witnessed(): Promise<readonly WitnessedRequest[]>;
  /** resolves when the process has ended */
  close(): Promise<void>;
}

/** Rejects with one sentence where the emulator could not be started. The process ends with this one, however that ends. */
export async function forkEmulator(options: ProcessOptions = {}): Promise<EmulatorProcess> {
  const child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)), {
    execArgv: [...LOADER],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  const ready = new Promise<Extract<FromEmulator, { kind: 'ready' }>>((resolve, reject) => {
    child.on('message', (message) => {
      const said = message as FromEmulator;
      if (said.kind === 'ready') resolve(said);
      else if (said.kind === 'failed') reject(new Error(said.message));
      else waiting.get(said.id)?.resolve(said.value as never);
    });
    exited.then(([code, signal]) => {
      const ended = new Error(`Could not reach the emulator: its process ended (${signal ?? `exit code ${code}`}).`);
      reject(ended);
      for (const { reject: refuse } of waiting.values()) refuse(ended);
    }, reject);
  });
  send(child, { kind: 'start', options });
  const { url, rtspUrl } = await ready.catch(async (error) => {
    if (child.connected) child.disconnect();
    await exited;
    throw error;
  });

  let lastId = 0;
  const query = async <T>(about: Subject): Promise<T> => {
    if (!child.connected) throw new Error('Could not ask the emulator: its process has ended.');
    const id = ++lastId;
    try {
      return await new Promise<T>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        send(child, { kind: 'query', id, about });
      });
    } finally {
      waiting.delete(id);
    }
  };
  return {
    pid: child.pid ?? 0,
    url,
    rtspUrl,
    state: () => query('state'),
    requests: () => query('requests'),
    witnessed: () => query('witnessed'),
    close: async () => {
      if (child.connected) send(child, { kind: 'close' });
      await exited;
    },
  };
}

function send(child: ChildProcess, message: ToEmulator): void {
  child.send(message, () => undefined);
}
