/**
 * A camera and what a journal holds of it, for whoever puts it back: the end of a run, and `npm run restore` when there was none. The
 * camera is found wherever it may be by now, and a journal is only ever replayed to the camera that it belongs to.
 */
import { Camera } from '../camera/camera.ts';
import { isThere } from '../camera/is-there.ts';
import { poll } from '../camera/poll.ts';
import type { Wear } from '../camera/wear.ts';
import { DIALECTS } from '../cgi/dialects.ts';
import { SECTIONS } from '../document/index.ts';
import { SECRET_NAMES } from '../document/secret-names.ts';
import { CameraClient, errorSentence, NoReply } from '../http/client.ts';
import { allowedAgain } from '../restore/allowed-again.ts';
import { formatDifference } from '../restore/difference.ts';
import { formatIdentity, identityOf, isSameCamera } from '../restore/identity.ts';
import { discardJournal, Journal, type JournalContents, readJournal } from '../restore/journal.ts';
import { describeItem, type JournalHeader, keyOf } from '../restore/journal-entry.ts';
import { Keeper } from '../restore/keeper.ts';
import type { KeepsakeOf } from '../restore/keepsakes/index.ts';
import { openWith } from '../restore/keepsakes/password.ts';
import { placesOf } from '../restore/whereabouts.ts';
import type { Traffic } from '../wire/exchange.ts';
import type { Configuration } from './configuration.ts';

export interface Journaled {
  readonly journal: JournalContents;
  readonly header: JournalHeader;
  /** whatever differs is put back; else only what the run was about */
  readonly isAllOurs: boolean;
  /** how it waits before something is tried again; by the clock when absent */
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
}

/** Opens the camera of a journal over new connections; one sentence when it cannot be had, or does not answer to the end. */
export async function withJournaled<T>(
  settings: Configuration,
  { journal, header, isAllOurs, sleep }: Journaled,
  use: (keeper: Keeper, camera: Camera) => Promise<T>,
): Promise<T | { readonly problem: string }> {
  const home = settings.url ?? new URL(header.camera.url);
  const client = new CameraClient({
    dialect: DIALECTS[header.camera.api],
    baseUrl: home,
    user: settings.user,
    password: settings.password,
    timeoutMs: settings.timeoutMs,
    concurrency: 1,
    secretNames: SECRET_NAMES,
    writeIntervalMs: settings.writeIntervalMs,
    ...(sleep === undefined ? {} : { sleep }),
  });
  const camera = new Camera({
    client,
    allowed: allowedAgain(journal),
    user: settings.user,
    password: settings.password,
    rtspUrl: null,
    baseUrl: home,
    settlingMs: settings.settlingMs,
    ...(sleep === undefined ? {} : { sleep }),
  });
  try {
    const problem = await enter(camera, settings, journal, header);
    if (problem !== null) return { problem };
    const keeper = new Keeper(camera, SECTIONS, { journal: Journal.reopen(settings.reportsDir, journal) });
    keeper.takeOver(journal, isAllOurs);
    return await use(keeper, camera);
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
    return { problem: errorSentence(error, home) };
  } finally {
    await client.close();
  }
}

/** Finds the camera of the journal wherever it may be, and a password that opens it; one sentence when that cannot be done. */
async function enter(camera: Camera, settings: Configuration, { items }: JournalContents, header: JournalHeader): Promise<string | null> {
  const kept = <Kind extends 'password' | 'address'>(kind: Kind) => items.filter((item): item is KeepsakeOf<Kind> => item.kind === kind);
  // The last one is the likeliest; accounts are locked for trying many.
  const changed = kept('password').toReversed();
  const passwords = [...new Set([settings.password, ...changed.map(({ to }) => to), ...changed.map(({ from }) => from)])];
  const places = placesOf(camera.options.baseUrl, kept('address'));
  const found = await poll(settings.timeoutMs, async () => {
    let problem: string | null = null;
    for (const place of places) {
      camera.client.withBase(place);
      const there = await isThere(camera);
      if (there === null) continue;
      problem = await inspect(camera, place, { passwords, isFirstRefused: there.kind === 'error-user' }, header);
      if (problem === null) return { problem };
    }
    return problem === null ? null : { problem };
  });
  if (found !== null) return found.problem;
  return `No camera answers at ${places.map(({ host }) => host).join(' or ')}; check CAMERA_URL, or wait until it is back.`;
}

/** One refusal may be the camera's mood. */
const TRIES = 3;

/** What may open a camera, the likeliest first. */
interface Keys {
  readonly passwords: readonly string[];
  /** the first one was just refused */
  readonly isFirstRefused: boolean;
}

/** One sentence when what answers is not the camera of the journal, or lets nobody in. */
async function inspect(camera: Camera, place: URL, { passwords, isFirstRefused }: Keys, header: JournalHeader): Promise<string | null> {
  const [first = '', ...others] = passwords;
  let opened: string | null = null;
  for (let tries = 0; tries < TRIES && opened === null; tries += 1) {
    // What was just refused is not tried twice running: accounts are locked for that.
    const isTried = tries === 0 && isFirstRefused;
    if (isTried && others.length === 0) continue;
    if (tries > 0) await camera.pause(100 * 2 ** tries);
    camera.identity = null;
    opened = await openWith(camera, isTried ? others : passwords, first);
  }
  if (opened === null) {
    return `The camera at ${place.href} refuses the user "${camera.options.user}" with this password; set CAMERA_USER and CAMERA_PASSWORD.`;
  }
  for (let tries = 0; tries < TRIES && camera.identity === null; tries += 1) await camera.call(tries === 0 ? 'getOsdConf' : 'getSysConfig', null);
  const found = identityOf(camera);
  if (isSameCamera(header.camera, found)) return null;
  return `The camera at ${place.href} (${formatIdentity(found)}) is not the one of the journal (${formatIdentity(header.camera)}, ${header.camera.url}); set CAMERA_URL.`;
}

/** What the last look at a camera found. */
export interface ClosingLook {
  /** of what is not as it was, a sentence each, without secrets */
  readonly differences: readonly string[];
  /** why nobody could look */
  readonly problem: string | null;
  readonly traffic: Traffic;
  /** what was written to put things back */
  readonly wear: Wear;
}

/**
 * The end of a run: everything that any get showed at its beginning is read once more, what differs is put back, and the journal is removed
 * when nothing is left. Null where the run has changed nothing.
 */
export async function closingLook(settings: Configuration, sleep?: Journaled['sleep']): Promise<ClosingLook | null> {
  const journal = readJournal(settings.reportsDir);
  if (journal?.header == null) return null;
  if (journal.items.length === 0) {
    // Everything that it named is back. The folder is this run's alone: nobody else's journal can be there.
    discardJournal(settings.reportsDir);
    return null;
  }
  const looked = await withJournaled(settings, { journal, header: journal.header, isAllOurs: false, sleep }, async (keeper, camera) => {
    const differences = (await keeper.lookOnceMore()).map(formatDifference).map((text) => camera.client.withoutSecrets(text));
    return { differences, problem: null, traffic: camera.client.traffic, wear: camera.wear };
  });
  if (looked.problem === null) return looked;
  const { problem } = looked;
  return { differences: pendingIn(journal).map((what) => `${what} could not be put back: ${problem}`), problem, traffic: NO_TRAFFIC, wear: NO_WEAR };
}

const NO_WEAR: Wear = { writes: 0, reboots: 0, logIns: 0 };
const NO_TRAFFIC: Traffic = { requests: 0, retries: 0, deviceTimeMs: 0 };

/** What a journal says that requests were about. */
const pendingIn = ({ items, traces }: JournalContents): readonly string[] =>
  items.filter((item) => item.kind !== 'original' || (traces.get(keyOf(item))?.names.size ?? 0) > 0).map(describeItem);
