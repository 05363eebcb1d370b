/**
 * `npm run bench`: what the suite costs beside its requests. Sends the very requests of a run once more with a bare undici loop
 * and prints the ratio of the two wall times, hazards off, with an instant camera and with one that takes its time. The time in
 * which checks listen to streams is told apart: a stream lasts as long as it lasts, with or without the suite.
 * Figures depend on the machine; the ratio hardly does. `--rounds 3` repeats the first, `--latency-ms 0` leaves the second out.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { Client } from 'undici';
import { type EmulatorProcess, forkEmulator } from '../lib/emulator/process.ts';
import { parseResults } from '../lib/results/results.ts';
import { LOADER } from '../lib/start/loader.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const RUN = fileURLToPath(new URL('../lib/cli/run.ts', import.meta.url));

const program = new Command('npm run bench --')
  .description('Compares a whole run with a bare loop over the same requests.')
  .option('--rounds <count>', 'rounds with an instant camera', '3')
  .option('--latency-ms <ms>', 'latency of the second camera; 0: none', '20')
  .parse();
const { rounds, latencyMs } = program.opts<{ rounds: string; latencyMs: string }>();

const folder = mkdtempSync(join(tmpdir(), 'bench-'));

/** Checks that listen to a stream in real time. */
const LISTENS = /^rtsp\/(stream_\d|session|unknown-stream|setup-without-transport|play-without-session|version|witness)|\/in-stream$/;

interface Whole {
  /** milliseconds from start to exit */
  readonly wall: number;
  /** of which checks listened to streams */
  readonly listening: number;
}

/** Runs the command as a user does. */
async function run(url: string): Promise<Whole> {
  const began = performance.now();
  const child = spawn(process.execPath, [...LOADER, RUN], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, CAMERA_URL: url, CAMERA_ALLOW: '', CAMERA_SECTIONS: '', REPORTS_DIR: folder },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`Could not measure: the run ended with exit code ${code}.`);
  const wall = performance.now() - began;
  const { checks } = parseResults(readFileSync(join(folder, 'results.json'), 'utf8'), 'results.json');
  return { wall, listening: checks.filter(({ id }) => LISTENS.test(id)).reduce((sum, { durationMs }) => sum + durationMs, 0) };
}

/** The targets of all requests of a run, in order, seen by a proxy between the run and the camera. */
async function record(): Promise<readonly string[]> {
  return withEmulator(0, async ({ url }) => {
    const targets: string[] = [];
    const proxy = createServer((incoming, outgoing) => {
      targets.push(incoming.url ?? '/');
      const onward = forward(new URL(incoming.url ?? '/', url), { method: incoming.method }, (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
        reply.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      onward.end();
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    try {
      await run(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    } finally {
      proxy.close();
      proxy.closeAllConnections();
    }
    return targets;
  });
}

async function withEmulator<T>(latencyMs: number, use: (emulator: EmulatorProcess) => Promise<T>): Promise<T> {
  const emulator = await forkEmulator({ model: 'full', latencyMs });
  try {
    return await use(emulator);
  } finally {
    await emulator.close();
  }
}

/** The bare loop: one connection, one request after the other, bodies read to the end. */
async function bareLoop(url: string, targets: readonly string[]): Promise<number> {
  const client = new Client(url);
  const began = performance.now();
  for (const path of targets) {
    const { body } = await client.request({ path, method: 'GET' });
    await body.arrayBuffer();
  }
  const took = performance.now() - began;
  await client.close();
  return took;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

async function compare(targets: readonly string[], latency: number, count: number): Promise<void> {
  const ratios: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const whole = await withEmulator(latency, ({ url }) => run(url));
    const bare = await withEmulator(latency, ({ url }) => bareLoop(url, targets));
    const own = whole.wall - whole.listening;
    ratios.push(own / bare);
    console.log(
      `  round ${round + 1}: run ${seconds(whole.wall)}, of which ${seconds(whole.listening)} listening to streams; ` +
        `bare loop ${seconds(bare)}; ratio ${(own / bare).toFixed(2)}, with the streams ${(whole.wall / bare).toFixed(2)}`,
    );
  }
  const ratio = median(ratios);
  console.log(`${latency} ms latency: ratio ${ratio.toFixed(2)} (median of ${count})`);
}

try {
  const targets = await record();
  console.log(`${targets.length} requests, hazards off`);
  await compare(targets, 0, Number(rounds));
  if (Number(latencyMs) > 0) await compare(targets, Number(latencyMs), 1);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
