/**
 * One run for each camera, and for each folder, on this computer: two at once would put each other's changes back. A lease is a local socket
 * that a process listens on. The system takes it away together with its process, whoever reaps that, and in whatever namespace its number
 * counts; the file that is left of it answers nobody.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, statSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const holderSchema = z.object({ pid: z.number().int().positive(), startedAt: z.iso.datetime(), what: z.string(), isSure: z.boolean() });
/** Who holds a lease. `isSure`: it has seen that nobody else does. */
export type Holder = z.infer<typeof holderSchema>;

export type Lease = { readonly kind: 'taken'; release(): void } | { readonly kind: 'held'; readonly holder: Holder | null };

/** Two that start at the same moment see each other, and both step back. */
const MOST_TRIES = 20;
const LONGEST_PAUSE_MS = 200;
/** A holder that is busy or stopped holds all the same. */
const ANSWER_MS = 500;
/** One that starts at the same moment may be slow to answer, too: only who says nothing so often holds it. */
const MOST_UNHEARD = 4;
/** Between its binding and its listening a socket answers nobody, either. */
const SURELY_DEAD_MS = 10_000;
/** What the system takes for the path of a socket, less the name. */
const LONGEST_FOLDER = 60;
const SHORT_FOLDER = '/tmp';

/** Takes the lease of something by a name for it, such as `host:port` of a camera or a folder's path; `what` is told to others. */
export async function takeLease(name: string, what: string, folder = leaseFolder()): Promise<Lease> {
  const own: Holder = { pid: process.pid, startedAt: new Date().toISOString(), what, isSure: false };
  const beginning = `camera-conformance-${createHash('sha256').update(name).digest('hex').slice(0, 16)}-`;
  let unheard = 0;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const path = join(folder, `${beginning}${randomUUID().slice(0, 8)}.sock`);
    const state = { ...own };
    const server = await listen(path, state);
    // Whoever begins to listen later sees this one: of two, at most one finds nobody.
    const others = await Promise.all(othersIn(folder, beginning, path).map(ask));
    const holder = others.find((other) => other !== 'dead' && other !== null && other.isSure);
    if (holder === undefined && others.includes(null)) unheard += 1;
    if (others.every((other) => other === 'dead')) {
      state.isSure = true;
      return { kind: 'taken', release: () => close(server, path) };
    }
    close(server, path);
    if (holder !== undefined && holder !== 'dead') return { kind: 'held', holder };
    if (unheard >= MOST_UNHEARD) return { kind: 'held', holder: null };
    await pause(Math.random() * LONGEST_PAUSE_MS);
  }
  throw new Error(`Could not take the lease of ${what}: other runs take it at the same time; try again.`);
}

export const formatHolder = (holder: Holder | null): string =>
  holder === null ? 'Another run' : `Another run, process ${holder.pid} since ${holder.startedAt},`;

function leaseFolder(): string {
  const folder = tmpdir();
  return folder.length > LONGEST_FOLDER ? SHORT_FOLDER : folder;
}

function listen(path: string, state: Holder): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(JSON.stringify(state));
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Error(`Could not listen on ${path} (${(error as NodeJS.ErrnoException).code}): set TMPDIR to a folder that can be written.`)),
    );
    // Others see that it is held, whoever they are.
    server.listen({ path, readableAll: true, writableAll: true }, () => resolve(server));
  });
}

function close(server: Server, path: string): void {
  server.close();
  remove(path);
}

function othersIn(folder: string, beginning: string, own: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(beginning))
    .map((name) => join(folder, name))
    .filter((path) => path !== own);
}

/** Null: somebody listens, and does not say who. Nobody takes the name of a dead one again, so that anybody may remove it. */
function ask(path: string): Promise<Holder | null | 'dead'> {
  return new Promise((resolve) => {
    const heard: Buffer[] = [];
    const socket = connect(path);
    const end = (answer: Holder | null | 'dead'): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_MS, () => end(null));
    socket.on('data', (chunk: Buffer) => heard.push(chunk));
    socket.once('end', () => end(parsed(Buffer.concat(heard).toString('utf8'))));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const isDead = error.code === 'ECONNREFUSED' || error.code === 'ENOENT' || error.code === 'ENOTSOCK';
      if (isDead) removeOld(path);
      end(isDead ? 'dead' : null);
    });
  });
}

function parsed(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function removeOld(path: string): void {
  try {
    if (Date.now() - statSync(path).mtimeMs > SURELY_DEAD_MS) remove(path);
  } catch {
    // It is gone by now.
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
