/** A run against an embedded camera of its own, in this process: opened, used, and closed with nothing left behind. */
import type { Hazard } from '../document/notation.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../emulator/emulator.ts';
import { webOf } from './addresses.ts';
import { type Configuration, type Environment, readConfiguration } from './configuration.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';

/** The emulator shows a setting at once; a busy computer may take its time for the picture. */
const SETTLING_MS = 300;

export interface EmulatedOptions extends Pick<SessionOptions, 'sections'> {
  readonly emulator?: EmulatorOptions;
  /** hazards that are allowed on it; all by default */
  readonly allowed?: ReadonlySet<Hazard>;
  /** the get whose reply says who the camera is, as in a run another section's does */
  readonly introduction?: string;
  /** settings of the run, as variables */
  readonly environment?: Environment;
  /** in place of waiting; nothing without it: the camera is on this computer, and nobody is helped by waiting for it */
  readonly sleep?: (ms: number) => Promise<void>;
  /** how long a setting may take until it shows, in ms */
  readonly settlingMs?: number;
}

export async function withEmulatedSession<T>(
  {
    emulator: options = {},
    environment = {},
    allowed,
    sections,
    introduction = 'getSysConfig',
    sleep = async () => {},
    settlingMs = SETTLING_MS,
  }: EmulatedOptions,
  use: (session: Session, emulator: Emulator) => Promise<T>,
): Promise<T> {
  const settings = settingsOf(environment);
  const emulator = await startEmulator({ ...webOf(settings), ...options });
  const { url, rtspUrl } = emulator;
  // Only a camera that is named has its hazards allowed by name.
  const named = allowed === undefined ? settings : { ...settings, url: new URL(url), rtspUrl: new URL(rtspUrl), allow: allowed };
  const session = openSession(named, {
    embedded: allowed === undefined ? { url, rtspUrl } : null,
    journaled: false,
    ...(sections === undefined ? {} : { sections }),
    sleep,
    settlingMs,
  });
  try {
    await session.camera.call(introduction, null);
    session.introduced = true;
    return await use(session, emulator);
  } finally {
    await session.camera.client.close();
    await emulator.close();
  }
}

function settingsOf(environment: Environment): Configuration {
  const read = readConfiguration(environment);
  if (!read.ok) throw new Error(`Could not read the settings: ${read.problems.join(' ')}`);
  return read.settings;
}
