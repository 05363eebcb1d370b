/** How a command ends: with its exit code, or with one sentence and 2 where it could not be done. */
import { CommanderError } from 'commander';
import { printable } from '../wire/printable.ts';
import { endWithParent } from './parent-watch.ts';

export const COULD_NOT = 2;

/** `command` resolves with the exit code, or with nothing for 0. Help that was asked for is no failure. */
export async function endCommand(command: Promise<number | undefined>): Promise<void> {
  endWithParent();
  // Whoever reads has read enough: `… | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    process.exitCode = (await command) ?? 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    process.stderr.write(`${printable(sentenceOf(error))}\n`);
    process.exitCode = COULD_NOT;
  }
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof CommanderError ? `${message.replace(/^error: /, '').replaceAll('\n', ' ')}; see --help` : message;
}
