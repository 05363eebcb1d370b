/** The command that puts the camera of a run back. */

import { SETTINGS, type Settings } from '../execution/settings.ts';
import { shellWord } from '../report/repeat/shell-word.ts';

/** Null for an embedded camera, which is gone. */
export function restoreCommand({ url, reportsDir }: Pick<Settings, 'url' | 'reportsDir'>): string | null {
  if (url === null) return null;
  const folder = reportsDir === SETTINGS.reportsDir.default ? [] : [SETTINGS.reportsDir.flag, reportsDir];
  return ['npm run restore --', ...[SETTINGS.url.flag, url.href, ...folder].map((word) => shellWord(word))].join(' ');
}
