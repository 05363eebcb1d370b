/** The settings of this run from the environment and `.env`; for code that runs when they were already found to be right. */
import { loadEnvironment, readSettings, type Settings } from './settings.ts';

/** Throws one `Error` with every problem in it. */
export function loadSettings(): Settings {
  const read = readSettings(loadEnvironment(process.cwd()));
  if (!read.ok) throw new Error(`Could not use the settings:\n${read.problems.join('\n')}`);
  return read.settings;
}
