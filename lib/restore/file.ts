/** A text file on the camera (39), put back byte for byte. */
import type { Camera } from '../camera/camera.ts';
import type { Members } from '../document/row-value.ts';
import type { Difference } from './difference.ts';
import type { KeepsakeOf } from './journal-entry.ts';

const GET = 'getPlatformConfFile';
const SET = 'setPlatformConfFile';

/** The file that a request would write; null when it writes none. */
export const fileOf = (action: string, json: Members | null): string | null =>
  action === SET && typeof json?.file_path === 'string' ? json.file_path : null;

/** The content of a file; null where it cannot be read. */
export async function readFile(camera: Camera, path: string): Promise<string | null> {
  const outcome = await camera.call(GET, { file_path: path });
  return outcome.kind === 'done' && typeof outcome.reply.file_content === 'string' ? outcome.reply.file_content : null;
}

export async function fileDifference(camera: Camera, { path, content }: KeepsakeOf<'file'>): Promise<readonly Difference[]> {
  const now = await readFile(camera, path);
  if (now === content) return [];
  const found = now === null ? 'nothing that can be read' : JSON.stringify(now);
  return [{ place: '39.2', action: SET, parameter: path, wanted: JSON.stringify(content), found }];
}

export async function putBackFile(camera: Camera, kept: KeepsakeOf<'file'>): Promise<readonly Difference[]> {
  if ((await fileDifference(camera, kept)).length === 0) return [];
  await camera.call(SET, { file_path: kept.path, file_content: kept.content });
  return fileDifference(camera, kept);
}
