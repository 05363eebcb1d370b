/** `npm run emulator`: the embedded camera on a port of one's choice, with a line for each request, until Ctrl-C. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { md5 } from '../emulator/account.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../emulator/emulator.ts';
import { MODELS, type Model } from '../emulator/model.ts';
import { printable } from '../emulator/request-log.ts';

/** Bad options, or a port that cannot be had. */
const EXIT_NOT_STARTED = 2;

interface Flags {
  readonly port: number;
  readonly rtspPort: number;
  readonly model: Model;
  readonly host: string;
  readonly latencyMs: number;
  readonly user: string;
  readonly password: string;
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

function parseModel(text: string): Model {
  const model = MODELS.find((each) => each === text);
  if (!model) throw new InvalidArgumentError(`The models are ${MODELS.join(' and ')}.`);
  return model;
}

const program = new Command('emulator')
  .description('Runs the embedded camera: cgi_action, snapshots and telnet switch, as documented.')
  .option('--port <number>', 'HTTP port; 0 is any free one', parsePort, 8080)
  .option('--rtsp-port <number>', 'RTSP port that the camera reports; 0 is any free one', parsePort, 8554)
  .option('--model <name>', `${MODELS.join(' or ')}: every documented parameter, or the document's example replies`, parseModel, 'full')
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--latency-ms <number>', 'delay of every reply', parseMilliseconds, 0)
  .option('--user <name>', 'user name', 'admin')
  .option('--password <text>', 'plain password', '123456')
  .exitOverride();

function describe({ url, rtspUrl }: Emulator, { model, user, password }: Flags): string {
  const query = `user=${encodeURIComponent(user)}&pwd=${md5(password)}`;
  return [
    `Camera (${model}): ${url}`,
    `RTSP port that it reports: ${rtspUrl}`,
    '',
    `  curl '${url}/action/cgi_action?${query}&action=getOsdConf'`,
    `  curl -G '${url}/action/cgi_action?${query}&action=setOsdConf' --data-urlencode 'json={"show_date":0}'`,
    `  curl '${url}/action/cgi_images' -o snapshot.jpg`,
    '',
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}

async function run(): Promise<void> {
  const flags = program.parse().opts<Flags>();
  const options: EmulatorOptions = { ...flags, log: (line) => console.log(line) };
  const emulator = await startEmulator(options);
  console.log(describe(emulator, flags));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
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
