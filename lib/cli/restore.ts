/** `npm run restore`: puts a camera back from the journal that a run left behind. Safe to run twice, and to interrupt. */
import { CommanderError } from 'commander';
import type { Camera } from '../camera/camera.ts';
import { type Configuration, loadEnvironment, readConfiguration } from '../execution/configuration.ts';
import { withJournaled } from '../execution/from-journal.ts';
import { formatDifference } from '../restore/difference.ts';
import { formatIdentity } from '../restore/identity.ts';
import { discardJournal, type JournalContents, journalPath, readJournal } from '../restore/journal.ts';
import type { JournalHeader } from '../restore/journal-entry.ts';
import type { Keeper } from '../restore/keeper.ts';
import { printable } from '../wire/printable.ts';
import { readFlags } from './flags.ts';
import { holdAddress, holdFolder } from './hold-camera.ts';
import { endWithParent } from './parent-watch.ts';

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
  const inUse = await holdFolder(folder);
  if (inUse !== null) return refuse(inUse);
  const header = readJournal(folder)?.header;
  if (header?.camera.embedded === false) {
    const held = await holdAddress(settings.url ?? new URL(header.camera.url));
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
  const code = await withJournaled(settings, { journal, header, isAllOurs: true }, (keeper, camera) => putBack(keeper, camera, header));
  if (typeof code === 'number') return code;
  return refuse(`${code.problem} What is not back yet is still in the journal: run \`npm run restore\` again.`);
}

async function putBack(keeper: Keeper, camera: Camera, header: JournalHeader): Promise<Code> {
  const shown = (text: string): string => camera.client.withoutSecrets(text);
  say(`A run of ${header.startedAt} changed the camera ${shown(formatIdentity(header.camera))}. To be put back:`);
  const preview = await keeper.preview();
  for (const line of preview) say(`  ${shown(line)}`);
  if (preview.length === 0) say('  nothing: everything is as it was');
  const differences = await keeper.lookOnceMore();
  for (const difference of differences) complain(shown(formatDifference(difference)));
  if (differences.length > 0) {
    complain('That could not be put back: set it by hand, or run `npm run restore` again.');
    return 3;
  }
  say('Everything is back as it was.');
  return 0;
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
endWithParent();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
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
