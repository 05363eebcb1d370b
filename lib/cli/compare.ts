/** `npm run compare -- old/results.json new/results.json`: what changed between two runs, such as those of two firmware versions. */
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { COMPARISON_EXIT_CODES, compareRuns, type ReadRun } from '../report/compare/comparison.ts';
import { formatComparisonPage } from '../report/compare/comparison-page.ts';
import { formatComparison } from '../report/compare/format-comparison.ts';
import { THRESHOLDS } from '../report/compare/timing-changes.ts';
import { parseResults } from '../results/results.ts';
import { endCommand } from './end-command.ts';
import { openGithub } from './github.ts';
import { writeOutput } from './write-output.ts';

interface Options {
  readonly json?: string;
  readonly html?: string;
  readonly slowerFactor: number;
  readonly slowerMs: number;
  readonly slowerRequests: number;
}

const atLeast =
  (least: number) =>
  (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!(value >= least && value < Number.POSITIVE_INFINITY)) throw new InvalidArgumentError(`Write a number, ${least} or more`);
    return value;
  };

function readArguments(): { readonly files: readonly [string, string]; readonly options: Options } {
  const codes = Object.entries(COMPARISON_EXIT_CODES).map(([code, meaning]) => `  ${code}  ${meaning}`);
  const program = new Command('npm run compare --')
    .description('Says what changed between two runs: checks, parameters, times. Each file is a results.json, or the folder that it is in.')
    .argument('<before>', 'results of the old run')
    .argument('<now>', 'results of the new run')
    .option('--json <file>', 'write the comparison as JSON, too')
    .option('--html <file>', 'write the comparison as a page, too')
    .option('--slower-factor <number>', 'an action is slower when it takes so many times as long', atLeast(1), THRESHOLDS.factor)
    .option('--slower-ms <number>', 'and so many milliseconds more', atLeast(0), THRESHOLDS.leastMs)
    .option('--slower-requests <number>', 'and both runs made so many requests', atLeast(1), THRESHOLDS.leastRequests)
    .addHelpText('after', `\nExit codes:\n${codes.join('\n')}`)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parse();
  const [before = '', now = ''] = program.args;
  return { files: [before, now], options: program.opts<Options>() };
}

function readRun(given: string): ReadRun {
  const file = statSync(given, { throwIfNoEntry: false })?.isDirectory() ? join(given, 'results.json') : given;
  try {
    return { file, results: parseResults(readFileSync(file, 'utf8'), file) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(`Could not read ${file}: ${code === 'ENOENT' ? 'there is no such file' : message}.`, { cause: error });
  }
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  const { files, options } = readArguments();
  const { json, html, slowerFactor: factor, slowerMs: leastMs, slowerRequests: leastRequests } = options;
  if (json !== undefined && html !== undefined && resolve(json) === resolve(html)) throw new Error('--json and --html name one file: name two.');
  const [before, now] = [readRun(files[0]), readRun(files[1])];
  const comparison = compareRuns(before, now, { factor, leastMs, leastRequests });
  const inputs = [before.file, now.file];
  if (json !== undefined) await writeOutput(json, `${JSON.stringify(comparison, null, 2)}\n`, inputs);
  if (html !== undefined) await writeOutput(html, formatComparisonPage(comparison), inputs);
  const github = openGithub(process.env, say, say);
  github.begin();
  say(formatComparison(comparison));
  github.end();
  return comparison.exitCode;
}

await endCommand(main());
