/**
 * One run for each camera on this computer: two at once would put each other's changes back. A lease is a file in the system's
 * folder for temporary files; that of a process which is gone is taken over.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const holderSchema = z.object({ pid: z.number().int().positive(), startedAt: z.iso.datetime(), url: z.string() });
/** Who holds a lease. */
export type Holder = z.infer<typeof holderSchema>;

export type Lease = { readonly kind: 'taken'; release(): void } | { readonly kind: 'held'; readonly holder: Holder };

/** A clock that is set a little while two runs follow each other must not make the second believe that this computer was restarted. */
const BOOT_TOLERANCE_MS = 60_000;
/** Several that find the same abandoned lease may take it from each other. */
const MOST_TRIES = 5;

/** Takes the lease of a camera by a name for it, such as `host:port` or its device id. */
export function takeLease(name: string, url: string, folder = tmpdir()): Lease {
  const path = join(folder, `camera-conformance-${name.replace(/[^\w.-]/g, '_')}.lease`);
  const own: Holder = { pid: process.pid, startedAt: new Date().toISOString(), url };
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      if (wasLinked(draft, path)) return { kind: 'taken', release: () => release(path, own) };
      const holder = holderOf(path);
      if (holder !== null && isAlive(holder)) return { kind: 'held', holder };
      if (holder !== null) setAside(path, holder);
    }
    throw new Error(`Could not take ${path}: other runs take it at the same time; try again.`);
  } finally {
    unlinkSync(draft);
  }
}

export const formatHolder = ({ pid, startedAt, url }: Holder): string =>
  `Another run, process ${pid} since ${startedAt}, works on the camera at ${url}; wait for its end, or end it.`;

/** A link is made whole or not at all. */
function wasLinked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Null when the lease is gone by now. One that cannot be read is nobody's. */
function holderOf(path: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    return NOBODY;
  }
}

const NOBODY: Holder = { pid: 2 ** 30, startedAt: new Date(0).toISOString(), url: '' };

function isAlive({ pid, startedAt }: Holder): boolean {
  // A process of before the restart of this computer; its number may be another's by now.
  if (Date.parse(startedAt) < Date.now() - uptime() * 1000 - BOOT_TOLERANCE_MS) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Moves an abandoned lease away; if it was meanwhile taken over, that one is put back. */
function setAside(path: string, abandoned: Holder): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = holderOf(aside);
  if (moved !== null && moved.pid !== abandoned.pid) wasLinked(aside, path);
  unlinkSync(aside);
}

function release(path: string, own: Holder): void {
  const holder = holderOf(path);
  if (holder?.pid === own.pid && holder.startedAt === own.startedAt) unlinkSync(path);
}
