/** Runs the checks that the rows of a section produce against an embedded camera, as a run would, but without vitest around each. */
import { withCamera } from '../camera/embedded-camera.fixture.ts';
import { SECTIONS } from '../document/index.ts';
import type { Section } from '../document/notation.ts';
import type { Model } from '../emulator/model.ts';
import type { Tamper } from '../emulator/tamper.ts';
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

/** The verdicts of all generic checks of a section, in their order. */
export function runSection(section: Section, { tamper, model = 'full', profile = 'default' }: RunOptions = {}): Promise<readonly Judged[]> {
  return withCamera({ model, ...(tamper === undefined ? {} : { tamper }) }, async ({ camera }) => {
    const read = readSettings({});
    if (!read.ok) throw new Error(`Could not read the default settings: ${read.problems.join(' ')}`);
    const bench = new Bench(camera, profile, SECTIONS);
    const originals = new Originals(camera, SECTIONS);
    const session = { settings: read.settings, camera, bench, originals, verdicts: new Map(), errata: new Set<string>(), version: null, fault: null };
    // As in a run, another action has said who the camera is.
    await camera.call('getSysConfig', null);
    const judged: Judged[] = [];
    for (const { run, ...identity } of genericChecks(section)) judged.push(await judge(identity, session, () => run(bench)));
    return judged;
  });
}

/** What speaks against the camera, as `id` or `warn id`; the suite's own faults as `error id: message`. */
export function complaints(judged: readonly Judged[]): readonly string[] {
  return judged.flatMap(({ id, verdict, message }) => {
    if (verdict === 'fail') return [id];
    if (verdict === 'error') return [`error ${id}: ${message}`];
    return verdict === 'warn' ? [`warn ${id}`] : [];
  });
}
