/**
 * A process may be killed at any moment: while it writes the journal, before a request goes out, after it was carried out and before its
 * answer came, while everything is put back, and while that is done for the second time. Whoever comes next puts the camera back.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Camera, WHOLE } from '../camera/camera.ts';
import { withCamera } from '../camera/embedded-camera.fixture.ts';
import { SECTIONS } from '../document/index.ts';
import type { Settings } from '../document/notation.ts';
import { systemConfiguration } from '../document/sections/05-system-configuration.ts';
import { osd } from '../document/sections/24-osd.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { seededRandom } from '../emulator/random.ts';
import { identityOf } from '../restore/identity.ts';
import { type Disk, Journal, readJournal } from '../restore/journal.ts';
import { JOURNAL_VERSION } from '../restore/journal-entry.ts';
import { Keeper } from '../restore/keeper.ts';
import { md5Hex } from '../wire/md5.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { withJournaled } from './from-journal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const [OSD, SYSTEM] = [osd.parts[0], systemConfiguration.parts[0]] as [Settings, Settings];
const PASSWORD = '123456';

class Killed extends Error {}

/** Ends a process at one of its moments, as far as the world can see it: nothing is sent or written from then on. */
class Life {
  moments = 0;
  /** the folder as it was at the end */
  readonly grave: string;
  readonly #folder: string;
  readonly #last: number;
  #isOver = false;

  constructor(own: string, grave: string, last: number) {
    this.#folder = own;
    this.grave = grave;
    this.#last = last;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  pass(): void {
    this.moments += 1;
    if (!this.#isOver && this.moments === this.#last) {
      this.#isOver = true;
      cpSync(this.#folder, this.grave, { recursive: true });
    }
    if (this.#isOver) throw new Killed();
  }

  /** May end in the middle of a line. */
  readonly disk: Disk = {
    write: (file, bytes) => {
      this.pass();
      const half = Math.floor(bytes.length / 2);
      const written = writeSync(file, bytes.subarray(0, half));
      this.pass();
      return written + writeSync(file, bytes.subarray(half));
    },
    flush: () => undefined,
  };

  /** Before each request, and behind it: what the process would have made of the answer is never done. */
  witness(camera: Camera): void {
    camera.onCall({ after: () => this.pass() });
  }

  guard(camera: Camera): void {
    camera.onCall({
      before: async () => {
        this.pass();
      },
    });
  }
}

/** Changes settings, a file and the password, puts everything back, and looks once more. */
async function firstProcess(camera: Camera, life: Life, own: string): Promise<void> {
  camera.client.setPassword(PASSWORD);
  life.witness(camera);
  const header = {
    kind: 'journal',
    schemaVersion: JOURNAL_VERSION,
    suite: 'test',
    run: 'this one',
    startedAt: '2026-01-01T00:00:00.000Z',
  } as const;
  const journal = new Journal(
    own,
    () => ({ ...header, camera: { url: camera.options.baseUrl.href, ...identityOf(camera), embedded: false, api: 'cgi' } }),
    life.disk,
  );
  const keeper = new Keeper(camera, SECTIONS, { journal, survey: [osd, systemConfiguration] });
  life.guard(camera);
  await camera.set(OSD, WHOLE, { font_size: 2, date_pos_x: 40 });
  await camera.call('setPlatformConfFile', { file_path: '/appfs/fconfigs/thr_conf.txt', file_content: 'x' });
  await camera.call('setPasswd', { oldPassword: md5Hex(PASSWORD), newPassword: 'other' });
  camera.client.setPassword('other');
  await camera.set(SYSTEM, WHOLE, { dev_name: 'test' });
  expect(await keeper.restore()).toEqual([]);
  expect(await keeper.lookOnceMore()).toEqual([]);
}

/** `npm run restore`, with what the one before left. */
async function nextProcess(settings: Configuration, own: string, life: Life): Promise<void> {
  const journal = readJournal(own);
  if (journal?.header == null || journal.items.length === 0) return;
  const done = await withJournaled(
    { ...settings, reportsDir: own },
    { journal, header: journal.header, isAllOurs: true, sleep },
    async (keeper, camera) => {
      life.guard(camera);
      camera.onCall({ after: () => life.pass() });
      return keeper.lookOnceMore();
    },
  );
  expect(done).toEqual([]);
}

const sleep = async (): Promise<void> => undefined;

async function untilKilled(life: Life, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    // Whatever is said by then, nobody hears it.
    if (!life.isOver) throw error;
  }
}

/** Lives through the moments of a first process, and of those that follow it; returns how many moments the first one had. */
async function runs(emulator: Emulator, lasts: readonly number[], use: <T>(run: (camera: Camera) => Promise<T>) => Promise<T>): Promise<number> {
  const read = readConfiguration({ CAMERA_URL: emulator.url, CAMERA_SETTLING_MS: '100' });
  if (!read.ok) throw new Error(read.problems.join(' '));
  let own = mkdtempSync(join(folder, 'run-'));
  const lives = [...lasts, Number.POSITIVE_INFINITY].map((last) => ({ last, grave: join(folder, `grave-${Math.random()}`) }));
  let moments = 0;
  for (const [index, { last, grave }] of lives.entries()) {
    const life = new Life(own, grave, last);
    await untilKilled(life, () => (index === 0 ? use((camera) => firstProcess(camera, life, own)) : nextProcess(read.settings, own, life)));
    if (index === 0) moments = life.moments;
    // It was over before that moment.
    if (!life.isOver) break;
    own = grave;
    mkdirSync(own, { recursive: true });
  }
  return moments;
}

/** A process of its own on one camera each time. */
const onCamera = (lasts: readonly number[]): Promise<{ readonly moments: number; readonly differs: boolean }> =>
  withCamera({ timeoutMs: 2000 }, async ({ camera, emulator }) => {
    const before = structuredClone(emulator.state());
    const moments = await runs(emulator, lasts, (run) => run(camera));
    return { moments, differs: JSON.stringify(emulator.state()) !== JSON.stringify(before) };
  });

const SEED = 7;
const MOST_MOMENTS_OF_RESTORE = 30;

/** Of three moments one: neighbours differ in whether a request has gone out, or only half a line. */
const EVERY = 3;

test('at moments of all phases, the next process puts the camera back', async () => {
  const { moments } = await onCamera([]);
  expect(moments).toBeGreaterThan(60);
  const left: number[] = [];
  for (let last = 1 + (SEED % EVERY); last <= moments; last += EVERY) if ((await onCamera([last])).differs) left.push(last);
  expect(left).toEqual([]);
});

test('and the next one, too, at one of its own moments, then the one behind that', async () => {
  const { moments } = await onCamera([]);
  const next = seededRandom(SEED);
  const draw = (most: number): number => 1 + Math.floor(next() * most);
  const left: (readonly number[])[] = [];
  for (let tries = 0; tries < 20; tries += 1) {
    const lasts = [draw(moments), draw(MOST_MOMENTS_OF_RESTORE), draw(MOST_MOMENTS_OF_RESTORE)];
    if ((await onCamera(lasts)).differs) left.push(lasts);
  }
  expect(left).toEqual([]);
});
