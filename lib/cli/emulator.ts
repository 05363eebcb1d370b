/** `npm run emulator`: the embedded camera on a port of one's choice, with a line for each request, until Ctrl-C. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { md5 } from '../emulator/account.ts';
import { listModels, listQuirks } from '../emulator/catalogue.ts';
import { combineStreamTampers, combineTampers } from '../emulator/combine-tampers.ts';
import { defectOf, listDefects, type Planted } from '../emulator/defects/index.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../emulator/emulator.ts';
import { type CameraModel, modelOf } from '../emulator/models.ts';
import { traitOf } from '../emulator/traits/index.ts';
import { printable } from '../wire/printable.ts';
import { endWithParent } from './parent-watch.ts';

/** Bad options, or a port that cannot be had. */
const EXIT_NOT_STARTED = 2;

interface Flags {
  readonly port: number;
  readonly rtspPort: number;
  readonly model?: CameraModel;
  readonly quirk?: readonly string[];
  readonly defect?: readonly Planted[];
  readonly seed?: number;
  readonly defects?: true;
  readonly models?: true;
  readonly quirks?: true;
  readonly host: string;
  readonly latencyMs: number;
  readonly user: string;
  readonly password: string;
  readonly web?: true;
  readonly webOnly?: true;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65535.');
  return port;
}

function parseMilliseconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('A delay is a whole number of milliseconds.');
  return Number(text);
}

const parseModel = (text: string): CameraModel => checked(() => modelOf(text));
const parseDefects = (text: string, before: readonly Planted[] = []): readonly Planted[] => [...before, checked(() => defectOf(text))];
const parseQuirks = (text: string, before: readonly string[] = []): readonly string[] => [...before, checked(() => traitOf(text)).id];

function checked<T>(find: () => T): T {
  try {
    return find();
  } catch (error) {
    throw new InvalidArgumentError(printable(error instanceof Error ? error.message : String(error)));
  }
}

function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A seed is a whole number.');
  return Number(text);
}

const program = new Command('emulator')
  .description('Runs the embedded camera: cgi_action, snapshots and telnet switch, as documented.')
  .option('--port <number>', 'HTTP port; 0 is any free one', parsePort, 8080)
  .option('--rtsp-port <number>', 'RTSP port that the camera reports; 0 is any free one', parsePort, 8554)
  .option('--model <name>', 'the camera that is played, "full" without it; --models lists them', parseModel)
  .option('--quirk <id>', 'something that it does otherwise, any number of times; --quirks lists them', parseQuirks)
  .option('--defect <id>', 'something that it does wrong, any number of times; --defects lists them', parseDefects)
  .option('--seed <number>', 'for what it does now and then', parseSeed)
  .option('--models', 'list the models, and end')
  .option('--quirks', 'list the quirks with the verdict that each deserves, and end')
  .option('--defects', 'list the defects with the checks that must notice each, or the clause that it breaks, and end')
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--latency-ms <number>', 'delay of every reply', parseMilliseconds, 0)
  .option('--user <name>', 'user name', 'admin')
  .option('--password <text>', 'plain password', '123456')
  .option('--web', "the calls of the camera's own page, too: POST /action/hiLogin, then POST /action/<action> with the JSON as body")
  .option('--web-only', 'these alone: there is no cgi_action')
  .exitOverride();

function describe({ url, rtspUrl }: Emulator, { user, password, model = modelOf('full'), quirk = [], defect = [], web, webOnly }: Flags): string {
  const query = `user=${encodeURIComponent(user)}&pwd=${md5(password)}`;
  return [
    `Camera (${[model.id, ...quirk, ...defect.map(({ id }) => id)].join(' + ')}): ${url}`,
    `RTSP port that it reports: ${rtspUrl}`,
    '',
    ...(webOnly
      ? []
      : [
          `  curl '${url}/action/cgi_action?${query}&action=getOsdConf'`,
          `  curl -G '${url}/action/cgi_action?${query}&action=setOsdConf' --data-urlencode 'json={"show_date":0}'`,
        ]),
    ...(web || webOnly
      ? [`  curl '${url}/action/hiLogin' -d '{"passwd":"${md5(password)}"}'`, `  curl '${url}/action/setOsdConf' -d '{"show_date":0}'`]
      : []),
    `  curl '${url}/action/cgi_images' -o snapshot.jpg`,
    '',
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}

async function run(): Promise<void> {
  const flags = program.parse().opts<Flags>();
  const lists = [flags.models && listModels(), flags.quirks && listQuirks(), flags.defects && listDefects()].filter(
    (list) => typeof list === 'string',
  );
  if (lists.length > 0) {
    process.stdout.write(`${lists.join('\n\n')}\n`);
    return;
  }
  const { port, rtspPort, host, latencyMs, user, password, seed, web, webOnly, model = modelOf('full'), quirk = [], defect = [] } = flags;
  const planted = defect.map(({ plant }) => plant());
  const options: EmulatorOptions = {
    ...{ port, rtspPort, host, latencyMs, user, password },
    ...(seed === undefined ? {} : { seed }),
    ...(webOnly ? { web: 'only' as const } : web ? { web: 'beside' as const } : {}),
    ...model.options,
    tamper: combineTampers(planted.flatMap(({ tamper }) => tamper ?? [])),
    streamTamper: combineStreamTampers(planted.flatMap(({ streamTamper }) => streamTamper ?? [])),
    quirks: [...(model.options.quirks ?? []), ...quirk],
    log: (line) => console.log(line),
  };
  const emulator = await startEmulator(options);
  console.log(describe(emulator, flags));
  endWithParent();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void emulator.close());
}

run().catch((error) => {
  if (error instanceof CommanderError) {
    // commander has printed its sentence, or the help, itself
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_NOT_STARTED;
    return;
  }
  console.error(printable(error instanceof Error ? error.message : String(error)));
  process.exitCode = EXIT_NOT_STARTED;
});
