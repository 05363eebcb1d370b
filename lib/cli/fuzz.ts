/**
 * `npm run fuzz`: random legal settings, random illegal ones and requests that are none, on a camera or on the embedded one, for some
 * seconds. Everything that it may change is in the restore journal first and put back in the end.
 */
import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import { AccountLocked } from '../camera/log-ins.ts';
import { SECTIONS } from '../document/index.ts';
import type { Instance, Section, Settings } from '../document/notation.ts';
import { forkEmulator } from '../emulator/process.ts';
import { type Configuration, loadEnvironment, readConfiguration } from '../execution/configuration.ts';
import { introduce } from '../execution/introduce.ts';
import { openSession, type Session } from '../execution/session.ts';
import { type Finding, fuzz } from '../fuzz/fuzz-camera.ts';
import { targetsOf } from '../fuzz/targets.ts';
import { errorSentence, NoReply } from '../http/client.ts';
import { curlLine } from '../report/repeat/curl.ts';
import { shellWord } from '../report/repeat/shell-word.ts';
import { writeReport } from '../report/write-report.ts';
import { formatDifference } from '../restore/difference.ts';
import { discardEmbedded, JournalError, journalPath } from '../restore/journal.ts';
import { NoWayBack } from '../restore/no-way-back.ts';
import { restoreCommand } from '../runner/restore-command.ts';
import { printable, shorten } from '../wire/printable.ts';
import { readFlags } from './flags.ts';
import { holdFolder } from './hold-camera.ts';
import { endWithParent } from './parent-watch.ts';
import { leftBehind, reserve } from './reserve.ts';

const CODES = {
  0: 'nothing was found, and the settings are as they were',
  1: 'something was found: a legal setting that is not stored, a request that changed what it must not, no answer',
  2: 'it could not be done or completed: bad configuration, no camera, credentials refused, nothing that could be tried',
  3: 'the camera could not be put back as it was; what differs is named',
} as const;
type Code = keyof typeof CODES;

const SWITCHES = {
  '--emulator': 'fuzz the embedded camera, whatever CAMERA_URL says',
  '--discard-journal': 'forget what an earlier run left to be put back',
} as const;
const OWN = {
  '--seconds': { argument: '<count>', help: 'how long to go on, 1 to 86400\n(default 60)' },
  '--seed': {
    argument: '<number>',
    help: 'what the attempts are made from, 0 to 2147483647; the same number makes the same ones\n(default: another each time)',
  },
  '--path': { argument: '<path>', help: 'goes straight to a finding of that seed, and ends behind it' },
} as const;

const LONGEST = 500;
/** How long bytes that need no answer are given to be read. */
const QUIET_MS = 300;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${printable(text)}\n`);

interface Plan {
  readonly settings: Configuration;
  readonly seconds: number;
  readonly seed: number;
  readonly path: string | undefined;
  readonly discards: boolean;
}

/** What is wanted, or sentences why that cannot be. */
function planned(): Plan | readonly string[] {
  const flags = readFlags(
    'npm run fuzz --',
    'Tries random settings and requests on one camera: legal ones have to be stored, all others must change nothing. Puts it back.',
    SWITCHES,
    CODES,
    OWN,
  );
  const isEmbedded = flags.switches.has('--emulator');
  const read = readConfiguration({ ...loadEnvironment(process.cwd()), ...flags.environment, ...(isEmbedded ? { CAMERA_URL: '' } : {}) });
  const seconds = wholeNumber(flags.values['--seconds'] ?? '60', 1, 86_400);
  const seed = wholeNumber(flags.values['--seed'] ?? String(Math.floor(Math.random() * 2 ** 31)), 0, 2 ** 31 - 1);
  const path = flags.values['--path'];
  const problems = [
    ...(read.ok ? [] : read.problems),
    ...(seconds === null ? [`--seconds: "${flags.values['--seconds']}" is not a whole number from 1 to 86400`] : []),
    ...(seed === null ? [`--seed: "${flags.values['--seed']}" is not a whole number from 0 to ${2 ** 31 - 1}`] : []),
    ...(path === undefined || /^\d+(:\d+)*$/.test(path) ? [] : [`--path: "${path}" is no path; take the one that a finding shows, such as 12:0:3`]),
    ...(path !== undefined && flags.values['--seed'] === undefined ? ['--path: give --seed with it, as the finding shows'] : []),
  ];
  if (!read.ok || seconds === null || seed === null || problems.length > 0) return problems;
  return { settings: read.settings, seconds, seed, path, discards: flags.switches.has('--discard-journal') };
}

function wholeNumber(text: string, least: number, most: number): number | null {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}

async function main(): Promise<Code> {
  const plan = planned();
  if (!('settings' in plan)) return refuse(...plan);
  const { settings } = plan;
  if (settings.api !== 'cgi') return refuse('CAMERA_API: the fuzzer knows cgi_action alone, and sends nothing to the calls of a page.');
  const interrupted = interruption();
  const problem = (await holdFolder(settings.reportsDir)) ?? (await reserve(settings)) ?? leftBehind(settings.reportsDir, plan.discards);
  if (problem !== null) return refuse(problem);
  const emulator = settings.url === null ? await forkEmulator({ model: 'full' }) : null;
  const session = openSession(settings, { embedded: emulator, sections: sectionsOf(settings) });
  try {
    return await run(plan, session, emulator === null ? null : new URL(emulator.rtspUrl), interrupted);
  } finally {
    await session.camera.client.close();
    await emulator?.close();
    const restore = restoreCommand(settings);
    if (restore === null) discardEmbedded(settings.reportsDir);
    else if (existsSync(journalPath(settings.reportsDir))) complain(`Something is not back as it was: \`${restore}\` tries it again.`);
  }
}

const sectionsOf = ({ sections }: Configuration): readonly Section[] =>
  SECTIONS.filter(({ number }) => sections === 'all' || sections.includes(number));

async function run(plan: Plan, session: Session, embeddedRtsp: URL | null, interrupted: AbortSignal): Promise<Code> {
  const { settings, seed, seconds, path } = plan;
  const { camera } = session;
  const targets = targetsOf(sectionsOf(settings), camera.options.allowed);
  if (targets.length === 0)
    return refuse(
      'The selection holds nothing that can be set with the hazards that are allowed; choose others with CAMERA_SECTIONS or CAMERA_ALLOW.',
    );
  const where = settings.url?.href ?? 'the embedded camera';
  say(`Fuzzing ${where} for ${seconds} s with seed ${seed}: ${targets.length} action pairs. Ctrl-C ends it and puts the camera back.`);
  let found: Awaited<ReturnType<typeof fuzz>> | null = null;
  let fault: string | null = null;
  try {
    await introduce(session);
    for (const { part, instance } of targets) await remember(session, part, instance);
    found = await fuzz({
      ground: {
        camera,
        profile: settings.profile,
        targets,
        tied: true,
        quietMs: QUIET_MS,
        answerMs: settings.timeoutMs,
        rtsp: embeddedRtsp ?? settings.rtspUrl ?? (await rtspOf(session)),
      },
      seed,
      path,
      limitMs: seconds * 1000,
      patienceMs: 3 * settings.timeoutMs,
      interrupted,
      onFinding: (finding) => say(`\n${formatFinding(finding, session)}`),
    });
  } catch (error) {
    if (!(error instanceof NoReply || error instanceof JournalError || error instanceof AccountLocked)) throw error;
    fault = error instanceof NoReply ? errorSentence(error, camera.options.baseUrl) : error.message;
  }
  const differences = await putBack(session);
  const code = codeOf(found, fault, differences);
  const total = found?.attempts ?? 0;
  await writeReport(
    settings.reportsDir,
    'fuzz.json',
    `${JSON.stringify({ schemaVersion: 1, exitCode: code, seed, seconds, attempts: total, fault, differences, findings: (found?.findings ?? []).map((finding) => recorded(finding, session)) }, null, 2)}\n`,
  );
  for (const difference of differences) complain(difference);
  if (fault !== null) complain(fault);
  if (found?.isGone) complain('The camera stopped answering, and did not come back.');
  say(`\n${total} attempts, ${found?.findings.length ?? 0} found; seed ${seed}. Exit code ${code}: ${CODES[code]}.`);
  return code;
}

function codeOf(found: Awaited<ReturnType<typeof fuzz>> | null, fault: string | null, differences: readonly string[]): Code {
  if (differences.length > 0) return 3;
  if (fault !== null || found === null || found.attempts === 0) return 2;
  return found.findings.length > 0 ? 1 : 0;
}

/** Where the camera says that its RTSP server listens; null where it does not. */
async function rtspOf({ camera }: Session): Promise<URL | null> {
  const outcome = await camera.call('getRtspConf', null);
  const port = outcome.kind === 'done' ? outcome.reply.rtsp_port : null;
  return typeof port === 'number' && port > 0 && port < 65_536 ? new URL(`rtsp://${camera.options.baseUrl.hostname}:${port}`) : null;
}

/** What cannot be put back is left alone by each attempt. */
async function remember({ camera }: Session, part: Settings, instance: Instance): Promise<void> {
  try {
    await camera.aboutToChange(part, instance);
  } catch (error) {
    if (!(error instanceof NoWayBack)) throw error;
    complain(`${part.set} is left alone: ${error.message}.`);
  }
}

/** What could not be put back, a sentence each. */
async function putBack({ camera, keeper }: Session): Promise<readonly string[]> {
  const shown = (text: string): string => camera.client.withoutSecrets(text);
  try {
    return (await keeper.lookOnceMore()).map((difference) => shown(formatDifference(difference)));
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
    return keeper.pending().map((what) => `${what} could not be put back: the camera does not answer`);
  }
}

function formatFinding({ trouble, attempt, seed, path }: Finding, { camera }: Session): string {
  const { key, place, documented, received, exchange } = trouble;
  const line = (word: string, text: string): string => `  ${word.padEnd(11)} ${shorten(printable(camera.client.withoutSecrets(text)), LONGEST)}`;
  return [
    `${printable(key)}   ${place}`,
    line('Sent', sent(attempt, trouble)),
    line('Documented', documented),
    line('Received', received),
    // Not shortened: it is there to be pasted.
    ...(exchange === null ? [] : [`  Send again  ${curlLine(exchange)}`]),
    `  Repeat      npm run fuzz -- --seed ${seed} --path ${shellWord(path)}`,
  ].join('\n');
}

const sent = (attempt: Finding['attempt'], { exchange }: Finding['trouble']): string => {
  if (exchange !== null) return exchange.json ?? exchange.url;
  if (attempt.kind === 'http' || attempt.kind === 'rtsp') return JSON.stringify(attempt.bytes);
  return attempt.kind === 'query' ? JSON.stringify(attempt.query) : attempt.kind;
};

const recorded = ({ trouble, seed, path }: Finding, { camera }: Session): object => {
  const { key, place, documented, received, exchange } = trouble;
  const [shownDocumented, shownReceived] = [documented, received].map((text) => camera.client.withoutSecrets(text));
  return { key, place, documented: shownDocumented, received: shownReceived, exchange, seed, path };
};

/** Ctrl-C and SIGTERM end it in good order: the camera is put back first. A second one ends it at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  endWithParent();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(2);
      complain('Ending: the camera is put back. Once more ends at once, and leaves the camera as it is.');
      controller.abort();
    });
  }
  return controller.signal;
}

function refuse(...reasons: readonly string[]): Code {
  for (const reason of reasons) complain(reason);
  return 2;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    complain(error instanceof Error ? error.message.replace(/^error: /, '') : String(error));
    process.exitCode = 2;
  },
);
