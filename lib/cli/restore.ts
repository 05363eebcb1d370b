/** `npm run restore`: puts a camera back from the journal that a run left behind. Safe to run twice, and to interrupt. */
import { CommanderError } from 'commander';
import { Camera } from '../camera/camera.ts';
import { isThere, poll } from '../camera/waiting.ts';
import { CGI } from '../cgi/cgi-dialect.ts';
import { SECTIONS } from '../document/index.ts';
import { SECRET_NAMES } from '../document/secret-names.ts';
import { type Configuration, loadEnvironment, readConfiguration } from '../execution/configuration.ts';
import { CameraClient, errorSentence, NoReply } from '../http/client.ts';
import { formatDifference } from '../restore/difference.ts';
import { formatIdentity, identityOf, isSameCamera } from '../restore/identity.ts';
import { discardJournal, Journal, type JournalContents, journalPath, readJournal } from '../restore/journal.ts';
import type { JournalHeader, KeepsakeOf } from '../restore/journal-entry.ts';
import { Keeper } from '../restore/keeper.ts';
import { openWith } from '../restore/password.ts';
import { placesOf } from '../restore/whereabouts.ts';
import { printable } from '../wire/printable.ts';
import { readFlags } from './flags.ts';
import { holdAddress } from './hold-camera.ts';

const CODES = {
  0: 'everything is as it was, or there was nothing to put back',
  2: 'it could not be done or completed: no camera, another camera, credentials refused, a journal that cannot be read',
  3: 'something could not be put back; it is named, and the journal stays',
} as const;
type Code = keyof typeof CODES;

const say = (text: string): void => void process.stdout.write(`${printable(text)}\n`);
const complain = (text: string): void => void process.stderr.write(`${printable(text)}\n`);

async function main(): Promise<Code> {
  const { environment } = readFlags('npm run restore --', 'Puts a camera back from the journal that a run left behind.', {}, CODES);
  const read = readConfiguration({ ...loadEnvironment(process.cwd()), ...environment });
  if (!read.ok) return refuse(...read.problems);
  const { settings } = read;
  const folder = settings.reportsDir;
  const header = readJournal(folder)?.header;
  if (header?.camera.embedded === false) {
    const held = holdAddress(settings.url ?? new URL(header.camera.url));
    if (held !== null) return refuse(held);
  }
  // Read again now that no run can write it.
  const journal = readJournal(folder);
  if (journal === null) return nothing(`there is no ${journalPath(folder)}`);
  if (journal.header === null || journal.items.length === 0) {
    discardJournal(folder);
    return nothing('the journal names nothing that was changed');
  }
  if (journal.header.camera.embedded) {
    discardJournal(folder);
    return nothing('the journal is of an embedded camera, which ended with its run');
  }
  return restore(settings, journal, journal.header);
}

async function restore(settings: Configuration, journal: JournalContents, header: JournalHeader): Promise<Code> {
  const home = settings.url ?? new URL(header.camera.url);
  const client = new CameraClient({
    dialect: CGI,
    baseUrl: home,
    user: settings.user,
    password: settings.password,
    timeoutMs: settings.timeoutMs,
    concurrency: 1,
    secretNames: SECRET_NAMES,
    writeIntervalMs: settings.writeIntervalMs,
  });
  const camera = new Camera({ client, allowed: new Set(), user: settings.user, password: settings.password, rtspUrl: null, baseUrl: home });
  try {
    const problem = await enter(camera, settings, journal, header);
    return problem === null ? await putBack(camera, settings.reportsDir, journal, header) : refuse(problem);
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
    return refuse(`${errorSentence(error, home)} What is not back yet is still in the journal: run \`npm run restore\` again.`);
  } finally {
    await client.close();
  }
}

async function putBack(camera: Camera, folder: string, journal: JournalContents, header: JournalHeader): Promise<Code> {
  const keeper = new Keeper(camera, SECTIONS, Journal.reopen(folder, journal));
  keeper.takeOver(journal.items);
  const shown = (text: string): string => camera.client.withoutSecrets(text);
  say(`A run of ${header.startedAt} changed the camera ${shown(formatIdentity(header.camera))}. To be put back:`);
  const preview = await keeper.preview();
  for (const line of preview) say(`  ${shown(line)}`);
  if (preview.length === 0) say('  nothing: everything is as it was');
  const differences = await keeper.restore();
  for (const difference of differences) complain(shown(formatDifference(difference)));
  if (differences.length > 0) {
    complain('That could not be put back: set it by hand, or run `npm run restore` again.');
    return 3;
  }
  say('Everything is back as it was.');
  return 0;
}

/** Finds the camera of the journal wherever it may be, and a password that opens it; one sentence when that cannot be done. */
async function enter(camera: Camera, settings: Configuration, { items }: JournalContents, header: JournalHeader): Promise<string | null> {
  const kept = <Kind extends 'password' | 'address'>(kind: Kind) => items.filter((item): item is KeepsakeOf<Kind> => item.kind === kind);
  const passwords = [settings.password, ...kept('password').flatMap(({ from, to }) => [to, from])];
  const places = placesOf(camera.options.baseUrl, kept('address'));
  const found = await poll(settings.timeoutMs, async () => {
    let problem: string | null = null;
    for (const place of places) {
      camera.client.withBase(place);
      if ((await isThere(camera)) === null) continue;
      problem = await inspect(camera, place, passwords, header);
      if (problem === null) return { problem };
    }
    return problem === null ? null : { problem };
  });
  if (found !== null) return found.problem;
  return `No camera answers at ${places.map(({ host }) => host).join(' or ')}; check CAMERA_URL, or wait until it is back.`;
}

/** One sentence when what answers is not the camera of the journal, or lets nobody in. */
async function inspect(camera: Camera, place: URL, passwords: readonly string[], header: JournalHeader): Promise<string | null> {
  camera.identity = null;
  if ((await openWith(camera, passwords, passwords[0] ?? '')) === null) {
    return `The camera at ${place.href} refuses the user "${camera.options.user}" with this password; set CAMERA_USER and CAMERA_PASSWORD.`;
  }
  const found = identityOf(camera);
  if (isSameCamera(header.camera, found)) return null;
  return `The camera at ${place.href} (${formatIdentity(found)}) is not the one of the journal (${formatIdentity(header.camera)}, ${header.camera.url}); set CAMERA_URL.`;
}

function refuse(...reasons: readonly string[]): Code {
  for (const reason of reasons) complain(reason);
  return 2;
}

function nothing(why: string): Code {
  say(`Nothing to put back: ${why}.`);
  return 0;
}

// Nothing is half done: what is not marked as back in the journal is put back by the next one.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    complain('Interrupted. What is not back yet is still in the journal: run `npm run restore` again.');
    process.exit(2);
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    complain(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  },
);
