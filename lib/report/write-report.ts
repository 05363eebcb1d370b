/** Puts a file into the reports folder so that a reader sees either the old file or the whole new one. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const causes = (elsewhere: string): Readonly<Record<string, string>> => ({
  ENOSPC: `the disk is full; free some space, or ${elsewhere} another disk`,
  EDQUOT: `the disk quota is used up; free some space, or ${elsewhere} another disk`,
  EACCES: `writing there is not permitted; change the permissions, or ${elsewhere} another folder`,
  EPERM: `writing there is not permitted; change the permissions, or ${elsewhere} another folder`,
  EROFS: `the file system is read-only; ${elsewhere} another folder`,
  ENOTDIR: `a part of that path is a file; ${elsewhere} a folder`,
  EEXIST: `a part of that path is a file; ${elsewhere} a folder`,
  EISDIR: 'a folder has that name; move it away',
});

/**
 * Writes `text` to `name` in `folder`, which is made when there is none; returns the path. Throws an `Error` whose message is one
 * sentence with the cause and what to do; the file that was there before is then still there.
 * @param elsewhere how somebody makes it go to another folder
 */
export async function writeReport(folder: string, name: string, text: string, elsewhere = 'set REPORTS_DIR to'): Promise<string> {
  const path = join(folder, name);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    return path;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new Error(`Could not write ${path}: ${causes(elsewhere)[code] ?? (error as Error).message}.`, { cause: error });
  }
}
