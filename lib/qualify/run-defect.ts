/** Plants one defect in a camera of its own and looks whether the checks that must notice it do. */
import { SECTIONS } from '../document/index.ts';
import type { Section } from '../document/notation.ts';
import { type Defect, sectionOfDefect } from '../emulator/defects/defect.ts';
import { withEmulatedSession } from '../execution/emulated-session.ts';
import { runChecks } from '../execution/executor.ts';
import type { Judged } from '../execution/judged.ts';
import { loadSuites } from '../execution/load-suites.ts';
import type { Suite } from '../execution/suite.ts';

/** `caught`: by a check that must notice it. `elsewhere`: only by others of its section. `missed`: by none. */
export interface DefectResult {
  readonly id: string;
  readonly result: 'caught' | 'elsewhere' | 'missed';
  /** ids of the checks that failed or warned */
  readonly seenBy: readonly string[];
  /** what the suite itself could not do, which is never as it should be */
  readonly errors: readonly string[];
}

/** A camera that does not answer is not waited for longer, and one that is away comes back sooner, or not at all; in ms. */
export const IMPATIENT = { CAMERA_TIMEOUT_MS: '2000', CAMERA_AWAY_MS: '18000' } as const;

export async function runDefect(defect: Defect): Promise<DefectResult> {
  const suite = await suiteOf(sectionOfDefect(defect));
  const direct = complaintsIn(await judgedWith(defect, suite, defect.noticedBy));
  if (direct.seenBy.some((id) => defect.noticedBy.includes(id))) return { id: defect.id, result: 'caught', ...direct };
  // The checks alone may lack what another one prepares.
  const whole = complaintsIn(await judgedWith(defect, suite, null));
  const result = whole.seenBy.some((id) => defect.noticedBy.includes(id)) ? 'caught' : whole.seenBy.length > 0 ? 'elsewhere' : 'missed';
  return { id: defect.id, result, ...whole };
}

export async function suiteOf(slug: string): Promise<Suite> {
  const suite = (await loadSuites()).find(({ section }) => section.slug === slug);
  if (suite === undefined) throw new Error(`Could not find the section ${slug}.`);
  return suite;
}

const judgedWith = (defect: Defect, suite: Suite, wanted: readonly string[] | null): Promise<readonly Judged[]> =>
  withEmulatedSession(
    {
      emulator: defect.plant(),
      environment: IMPATIENT,
      sections: neighbourhood(suite.section),
      introduction: introductionFor(suite.section),
    },
    (session) => runChecks(suite, session, wanted),
  );

/** The section, those that share an action with it, and two that do not: fewer readings than of the whole camera. */
export function neighbourhood(section: Section): readonly Section[] {
  const own = new Set(getsOf(section));
  return SECTIONS.filter((other) => BYSTANDERS.has(other.slug) || getsOf(other).some((get) => own.has(get)));
}

/** A get that no defect of the section is about. */
export const introductionFor = (section: Section): string => (section.slug === 'osd' ? 'getRebootConf' : 'getOsdConf');

/** Sections in which a defect of another one shows that changes what it should leave alone. */
const BYSTANDERS: ReadonlySet<string> = new Set(['system-configuration', 'device-timed-restart', 'osd']);

const getsOf = (section: Section): readonly string[] => section.parts.flatMap((part) => (part.kind === 'settings' ? [part.get] : []));

function complaintsIn(judged: readonly Judged[]): Pick<DefectResult, 'seenBy' | 'errors'> {
  return {
    seenBy: judged.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn').map(({ id }) => id),
    errors: judged.filter(({ verdict }) => verdict === 'error').map(({ id, message }) => `${id}: ${message}`),
  };
}
