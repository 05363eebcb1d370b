/** Runs the checks that the rows of a section produce against an embedded camera, as a run would, but without vitest around each. */
import { Camera } from '../camera/camera.ts';
import { SECTIONS } from '../document/index.ts';
import { HAZARDS, type Section } from '../document/notation.ts';
import { startEmulator } from '../emulator/emulator.ts';
import type { Model } from '../emulator/model.ts';
import type { Tamper } from '../emulator/tamper.ts';
import { CameraClient } from '../http/client.ts';
import { Originals } from '../restore/originals.ts';
import { readSettings } from '../runner/settings.ts';
import { type Judged, judge } from '../runner/verdict.ts';
import { Bench } from './bench.ts';
import { genericChecks } from './generic-checks.ts';
import type { Profile } from './row-judgement.ts';

export interface RunOptions {
  readonly tamper?: Tamper;
  readonly model?: Model;
  readonly profile?: Profile;
}

/** The verdicts of all generic checks of a section, in their order. All hazards are allowed. */
export async function runSection(section: Section, { tamper, model = 'full', profile = 'default' }: RunOptions = {}): Promise<readonly Judged[]> {
  const emulator = await startEmulator({ model, ...(tamper === undefined ? {} : { tamper }) });
  const baseUrl = new URL(emulator.url);
  const [user, password] = ['admin', '123456'];
  const client = new CameraClient({
    baseUrl,
    user,
    password,
    timeoutMs: 5000,
    concurrency: 1,
    secretNames: new Set(),
    sleep: async () => {},
  });
  try {
    const settings = readSettings({});
    if (!settings.ok) throw new Error(`Could not read the default settings: ${settings.problems.join(' ')}`);
    const camera = new Camera({ client, allowed: new Set(HAZARDS), user, password, rtspUrl: null, baseUrl });
    const bench = new Bench(camera, profile, SECTIONS);
    const session = {
      settings: settings.settings,
      camera,
      bench,
      originals: new Originals(camera, SECTIONS),
      verdicts: new Map(),
      errata: new Set<string>(),
      version: null,
      fault: null,
    };
    // As in a run, another action has said who the camera is.
    await camera.call('getSysConfig', null);
    const judged: Judged[] = [];
    for (const { run, ...identity } of genericChecks(section)) judged.push(await judge(identity, session, () => run(bench)));
    return judged;
  } finally {
    await client.close();
    await emulator.close();
  }
}

/** What speaks against the camera, as `id`, or `warn id`, or `error id: message`. */
export function complaints(judged: readonly Judged[]): readonly string[] {
  return judged.flatMap(({ id, verdict, message }) => {
    if (verdict === 'fail') return [id];
    if (verdict === 'error') return [`error ${id}: ${message}`];
    return verdict === 'warn' ? [`warn ${id}`] : [];
  });
}
