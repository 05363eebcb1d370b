/** Spreads jobs over processes, one for each processor at most; each takes the next job when it is done with one. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Answer, Job } from './job.ts';

/** Rejects when a process ends before its job does. `onAnswer` is called as the answers come. Leaves no process behind. */
export async function runJobs(jobs: readonly Job[], onAnswer: (answer: Answer) => void): Promise<void> {
  const waiting = [...jobs];
  const processes = Array.from({ length: Math.min(availableParallelism(), jobs.length) }, startWorker);
  const serve = async (worker: ChildProcess): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) onAnswer(await ask(worker, job));
  };
  try {
    await Promise.all(processes.map(serve));
  } finally {
    await Promise.all(processes.map(endWorker));
  }
}

function startWorker(): ChildProcess {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
    execArgv: ['--import', loader],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

async function ask(worker: ChildProcess, job: Job): Promise<Answer> {
  const stop = new AbortController();
  try {
    const answered = once(worker, 'message', { signal: stop.signal }).then(([answer]) => answer as Answer);
    const ended = once(worker, 'exit', { signal: stop.signal }).then(([code, signal]) => {
      throw new Error(`Could not go on: a worker process ended (${signal ?? `exit code ${code}`}).`);
    });
    worker.send(job);
    return await Promise.race([answered, ended]);
  } finally {
    stop.abort();
  }
}

async function endWorker(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, 'exit');
  if (worker.connected) worker.disconnect();
  await ended;
}
