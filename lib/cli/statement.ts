/** `npm run statement`: makes the conformance statement again from a results file. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { loadEnvironment } from '../execution/configuration.ts';
import { formatStatement } from '../report/statement/statement.ts';
import { suiteFacts } from '../report/statement/suite-facts.ts';
import { sha256 } from '../report/write-run-reports.ts';
import { parseResults } from '../results/results.ts';
import { printable } from '../wire/printable.ts';
import { endCommand } from './end-command.ts';
import { writeOutput } from './write-output.ts';

async function main(): Promise<undefined> {
  const program = new Command('npm run statement --')
    .description('Makes the conformance statement, one HTML file, from the results of a run.')
    .argument('[results]', 'the results file (default results.json in REPORTS_DIR)')
    .option('-o, --output <file>', 'the statement (default statement.html beside the results)')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parse();
  const [given] = program.args;
  const file = given ?? join(loadEnvironment(process.cwd()).REPORTS_DIR || 'reports', 'results.json');
  const { output } = program.opts<{ output?: string }>();
  const bytes = readResults(file);
  const results = parseResults(bytes.toString('utf8'), file);
  const statement = formatStatement(results, { ...suiteFacts(dirname(file)), resultsSha256: sha256(bytes) });
  const target = output ?? beside(file);
  if (await writeOutput(target, statement, [file])) process.stdout.write(`${printable(target)}\n`);
}

/** Beside a pipe is no place for a file. */
function beside(file: string): string {
  if (!statSync(file).isFile()) throw new Error(`Could not tell where the statement goes, because ${file} is no plain file; name it with -o.`);
  return join(dirname(file), 'statement.html');
}

function readResults(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = {
      ENOENT: 'there is no such file; a run writes it',
      EISDIR: 'it is a folder; name the file in it',
      EACCES: 'reading it is not permitted',
    };
    throw new Error(`Could not read ${file}: ${why[code as keyof typeof why] ?? message}.`, { cause: error });
  }
}

await endCommand(main());
