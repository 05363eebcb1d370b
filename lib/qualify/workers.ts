/** Spreads jobs over processes, one for each processor at most; each takes the next job when it is done with one. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { LOADER } from '../start/loader.ts';
import type { Answer, Delivery, Job, Order } from './job.ts';

/**
 * Rejects when a process ends before its jobs do. `onAnswer` is called as the answers come. Leaves no process behind. Each process
 * works at two jobs: one from the front, one from the back of the list, so that long ones of one kind leave no processor idle.
 */
export async function runJobs(jobs: readonly Job[], onAnswer: (answer: Answer) => void, most = availableParallelism()): Promise<void> {
  const waiting = jobs.map((job, number): Order => ({ number, job }));
  const processes = Array.from({ length: Math.min(most, jobs.length) }, startWorker);
  const serve = async (worker: ChildProcess, next: () => Order | undefined): Promise<void> => {
    for (let order = next(); order !== undefined; order = next()) onAnswer(await ask(worker, order));
  };
  const fromFront = (): Order | undefined => waiting.shift();
  const fromBack = (): Order | undefined => waiting.pop();
  try {
    await Promise.all(processes.flatMap((worker) => [serve(worker, fromFront), serve(worker, fromBack)]));
  } finally {
    await Promise.all(processes.map(endWorker));
  }
}

function startWorker(): ChildProcess {
  return fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
    execArgv: [...LOADER],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function ask(worker: ChildProcess, order: Order): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const take = (message: unknown): void => {
      const { number, answer } = message as Delivery;
      if (number === order.number) settle(() => resolve(answer));
    };
    const end = (code: number | null, signal: string | null): void =>
      settle(() => reject(new Error(`Could not go on: a worker process ended (${signal ?? `exit code ${code}`}).`)));
    const settle = (then: () => void): void => {
      worker.off('message', take).off('exit', end);
      then();
    };
    worker.on('message', take).once('exit', end);
    worker.send(order);
  });
}

async function endWorker(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, 'exit');
  if (worker.connected) worker.disconnect();
  await ended;
}
