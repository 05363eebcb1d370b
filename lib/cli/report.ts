/**
 * `npm run report`: builds the Allure report again from the results of the last run. `npm run report:open`: shows it in a browser,
 * over a server on this computer alone, until Ctrl-C.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { CONFIGURATION, loadEnvironment } from '../execution/configuration.ts';
import { beginReport, REPORT, RESULTS } from '../report/allure/allure-report.ts';
import { serveFolder } from '../report/allure/serve-folder.ts';
import { printable } from '../wire/printable.ts';
import { endCommand } from './end-command.ts';

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65535.');
  return port;
}

const program = new Command('npm run report --')
  .description('Builds the Allure report again from the results of the last run.')
  .option(
    `${CONFIGURATION.reportsDir.flag} ${CONFIGURATION.reportsDir.argument}`,
    `${CONFIGURATION.reportsDir.help}\n(${CONFIGURATION.reportsDir.variable})`,
  )
  .option('--open', 'do not build it, but show the one that is there until Ctrl-C')
  .option('--port <number>', 'with --open: the port; 0 is any free one', parsePort, 0)
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

async function run(): Promise<undefined> {
  const flags = program.parse().opts<{ reportsDir?: string; open?: true; port: number }>();
  const folder = flags.reportsDir ?? (loadEnvironment(process.cwd())[CONFIGURATION.reportsDir.variable] || CONFIGURATION.reportsDir.default);
  await (flags.open ? show(folder, flags.port) : build(folder));
}

async function build(folder: string): Promise<void> {
  if (!existsSync(join(folder, RESULTS))) throw new Error(`There are no results in ${folder}: run \`npm run conformance\` first.`);
  const report = await beginReport(folder, null);
  console.log(printable(await report.finish()));
}

async function show(folder: string, port: number): Promise<void> {
  const report = join(folder, REPORT);
  if (!existsSync(join(report, 'index.html')))
    throw new Error(`There is no report in ${folder}: \`npm run report\` builds it from the results of a run.`);
  const server = await serveFolder(report, port);
  console.log(`The report: ${server.url}\nCtrl-C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

await endCommand(run());
