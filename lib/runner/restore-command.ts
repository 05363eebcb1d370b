/** The command that puts the camera of a run back. */
import { shellWord } from '../report/shell-word.ts';
import { SETTINGS, type Settings } from './settings.ts';

/** Null for an embedded camera, which is gone. */
export function restoreCommand({ url, reportsDir }: Pick<Settings, 'url' | 'reportsDir'>): string | null {
  if (url === null) return null;
  const folder = reportsDir === SETTINGS.reportsDir.default ? [] : [SETTINGS.reportsDir.flag, reportsDir];
  return ['npm run restore --', ...[SETTINGS.url.flag, url.href, ...folder].map((word) => shellWord(word))].join(' ');
}
