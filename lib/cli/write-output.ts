/**
 * Writes the file that a flag of a command names: in the place of a plain file or of none. A pipe or a device is written to, never
 * replaced by a file, which as root would take `/dev/null` from everybody.
 */
import { lstat, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { writeReport } from '../report/write-report.ts';

/** Links to whatever the shell has connected; where that is a file, another opening of it would write over what is said. */
const STREAMS: ReadonlyMap<string, Writable> = new Map<string, Writable>([
  ['/dev/stdout', process.stdout],
  ['/dev/stderr', process.stderr],
]);

/**
 * Throws an `Error` of one sentence.
 * @param inputs files that were read, which are not written over
 * @returns whether it is a file now: false for a pipe or a device
 */
export async function writeOutput(file: string, text: string, inputs: readonly string[]): Promise<boolean> {
  const refuse = (why: string): never => {
    throw new Error(`Could not write ${file}: ${why}.`);
  };
  const stream = STREAMS.get(file);
  if (stream !== undefined) {
    stream.write(text);
    return false;
  }
  const found = await stat(file).catch(() => null);
  if (found === null) {
    if ((await lstat(file).catch(() => null)) !== null) refuse('it is a link to something that is not there; name a file');
    await writeReport(dirname(file), basename(file), text, ELSEWHERE);
    return true;
  }
  if (found.isCharacterDevice() || found.isFIFO()) {
    await writeFile(file, text).catch((error: Error) => refuse(error.message));
    return false;
  }
  if (!found.isFile()) refuse('it is no plain file; name one');
  for (const input of inputs) {
    const { dev, ino } = await stat(input);
    if (dev === found.dev && ino === found.ino) refuse('the results are read from it; name another file');
  }
  // A link stays one.
  const target = await realpath(file);
  await writeReport(dirname(target), basename(target), text, ELSEWHERE);
  return true;
}

const ELSEWHERE = 'write to';
