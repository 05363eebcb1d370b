/** The command that puts the camera of a run back. */

import { CONFIGURATION, type Configuration } from '../execution/configuration.ts';
import { shellWord } from '../report/repeat/shell-word.ts';

/** Null for an embedded camera, which is gone. */
export function restoreCommand({ url, reportsDir }: Pick<Configuration, 'url' | 'reportsDir'>): string | null {
  if (url === null) return null;
  const folder = reportsDir === CONFIGURATION.reportsDir.default ? [] : [CONFIGURATION.reportsDir.flag, reportsDir];
  return ['npm run restore --', ...[CONFIGURATION.url.flag, url.href, ...folder].map((word) => shellWord(word))].join(' ');
}
