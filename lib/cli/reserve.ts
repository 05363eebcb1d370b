/** What has to be so before a command changes a camera: it is there, nobody else works on it, nothing is left to be put back. */

import type { Configuration } from '../execution/configuration.ts';
import { findCamera } from '../execution/find-camera.ts';
import { discardEmbedded, discardJournal, journalPath } from '../restore/journal.ts';
import { holdAddress, holdDevice } from './hold-camera.ts';

/** Sees that there is a camera and that no other run works on it; one sentence when there is not, or another does. */
export async function reserve(settings: Configuration): Promise<string | null> {
  const { url } = settings;
  if (url === null) return null;
  const held = await holdAddress(url);
  if (held !== null) return held;
  const found = await findCamera(settings, url);
  return found.kind === 'problem' ? found.sentence : holdDevice(found.deviceId, url);
}

/** One sentence when an earlier run left something to be put back. An embedded camera that it left is gone. */
export function leftBehind(folder: string, discards: boolean): string | null {
  try {
    if (discards) discardJournal(folder);
    if (discardEmbedded(folder)) return null;
    return `An earlier run left ${journalPath(folder)}: \`npm run restore\` puts the camera back from it, and --discard-journal leaves the camera as it is.`;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)} --discard-journal starts without it.`;
  }
}
