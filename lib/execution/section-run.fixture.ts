/** Runs the checks that the rows of a section produce against an embedded camera, as a run would, but without vitest around each. */
import { type EmbeddedOptions, withCamera } from '../camera/embedded-camera.fixture.ts';
import { genericChecks } from '../checks/generic-checks.ts';
import type { Profile } from '../checks/values/row-judgement.ts';
import { SECTIONS } from '../document/index.ts';
import type { Section } from '../document/notation.ts';
import { osd } from '../document/sections/24-osd.ts';
import type { Model } from '../emulator/model.ts';
import type { Tamper } from '../emulator/tamper.ts';
import { readConfiguration } from './configuration.ts';
import { runChecks } from './executor.ts';
import type { Judged } from './judged.ts';
import { sessionWith } from './session.ts';
import { ofRows } from './suite.ts';

export interface RunOptions {
  readonly tamper?: Tamper;
  readonly model?: Model;
  readonly profile?: Profile;
  /** what else the camera does otherwise, and how long it is waited for */
  readonly embedded?: EmbeddedOptions;
}

/** The verdicts of all generic checks of a section, or of several behind each other, in their order. */
export function runSection(
  section: Section | readonly Section[],
  { tamper, model = 'full', profile = 'default', embedded = {} }: RunOptions = {},
): Promise<readonly Judged[]> {
  return withCamera({ model, ...embedded, ...(tamper === undefined ? {} : { tamper }) }, async ({ camera }) => {
    const read = readConfiguration({});
    if (!read.ok) throw new Error(`Could not read the default settings: ${read.problems.join(' ')}`);
    const sections = [section].flat();
    const session = sessionWith({ ...read.settings, profile }, camera, { journal: null, sections: neighbourhood(sections), sleep: async () => {} });
    // As in a run, another action has said who the camera is.
    await camera.call('getSysConfig', null);
    session.introduced = true;
    return runChecks({ checks: sections.flatMap(genericChecks).map(ofRows) }, session);
  });
}

/** The sections, those that share an action with them, and one that does not: fewer readings than of the whole camera. */
function neighbourhood(sections: readonly Section[]): readonly Section[] {
  const own = new Set(sections.flatMap(({ parts }) => parts).flatMap((part) => (part.kind === 'settings' ? [part.get] : [])));
  return SECTIONS.filter((other) => other === osd || other.parts.some((part) => part.kind === 'settings' && own.has(part.get)));
}

/** What speaks against the camera, as `id` or `warn id`; the suite's own faults as `error id: message`. */
export function complaints(judged: readonly Judged[]): readonly string[] {
  return judged.flatMap(({ id, verdict, message }) => {
    if (verdict === 'fail') return [id];
    if (verdict === 'error') return [`error ${id}: ${message}`];
    return verdict === 'warn' ? [`warn ${id}`] : [];
  });
}
