/** Starts the embedded camera for a run that names none, and ends it afterwards. Runs once, in vitest's own process. */
import type { TestProject } from 'vitest/node';
import { forkEmulator } from '../emulator/process.ts';
import { webOf } from '../execution/addresses.ts';
import { loadConfiguration } from '../execution/configuration.ts';
import { readWaivers } from '../report/waivers/read-waivers.ts';
import { discardEmbedded } from '../restore/journal.ts';
import { dateOf, validWaivers } from '../results/waiver.ts';

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const settings = loadConfiguration();
  const { url, reportsDir, waivers } = settings;
  const read = readWaivers(waivers);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  project.provide('waivers', validWaivers(read.waivers, dateOf(new Date())));
  if (url !== null) {
    project.provide('embedded', null);
    return async () => {};
  }
  discardEmbedded(reportsDir);
  const emulator = await forkEmulator({ model: 'full', ...webOf(settings) });
  project.provide('embedded', { url: emulator.url, rtspUrl: emulator.rtspUrl });
  return () => emulator.close();
}
