/** A process that does what it is asked to until nobody asks any more. */
import { findBlindOrOperator } from '../emulator/defects/blind/index.ts';
import { findDefect } from '../emulator/defects/index.ts';
import { drawnCamera } from '../emulator/freedoms/index.ts';
import type { Answer, Delivery, Job, Order } from './job.ts';
import { runBlind } from './run-blind.ts';
import { runDefect } from './run-defect.ts';
import { runBlindTrait, runDrawn } from './run-good.ts';
import { runModel } from './run-model.ts';

/** Streams are watched in real time: meanwhile the processor has time for another camera. */
const LANES = 3;

async function runEach<D, R>(ids: readonly string[], find: (id: string) => D | undefined, run: (defect: D) => Promise<R>): Promise<readonly R[]> {
  const waiting = [...ids];
  const results: R[] = [];
  const lane = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const defect = find(id);
      if (defect === undefined) throw new Error(`Could not find the defect ${id}.`);
      results.push(await run(defect));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}

async function answer(job: Job): Promise<Answer> {
  switch (job.kind) {
    case 'defects':
      return { kind: 'defects', results: await runEach(job.ids, findDefect, runDefect) };
    case 'blind':
      return { kind: 'blind', results: await runEach(job.ids, findBlindOrOperator, runBlind) };
    case 'good':
      return {
        kind: 'good',
        results: await runEach(
          job.ids,
          (id) => id,
          (id) => (drawnCamera(id) === undefined ? runBlindTrait(id) : runDrawn(id)),
        ),
      };
    case 'model':
      return { kind: 'model', result: await runModel(job.id) };
  }
}

async function deliver({ number, job }: Order): Promise<void> {
  const answered = await answer(job).catch(
    (error): Answer => ({ kind: 'broken', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
  const delivery: Delivery = { number, answer: answered };
  process.send?.(delivery);
}

process.on('message', (order) => void deliver(order as Order));
// Whoever interrupts the terminal means the parent process; that ends this one.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
// Whoever started it may have been killed before this line was reached.
if (!process.connected) process.exit(0);
