/**
 * An ordinary client library as witness: does it get through the handshake with this camera? It can't be the judge: it takes
 * each TCP chunk for one whole response, answers a missing CSeq with the oldest request, throws inside its socket handler and
 * has no deadline. So it runs in a thread of its own, with a deadline. The only place that knows the package rtsp-client.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

const DEADLINE_MS = 5000;
/** The library receives no media; what is sent to the discard port and the one behind it, nobody reads. */
const UNUSED_PORTS = '9-10';

/** Runs in the thread, as plain JavaScript: a thread does not inherit the loader that reads TypeScript. */
const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads');
const Client = require(workerData.library);
const { url, user, password, ports } = workerData;
const say = (problem) => parentPort.postMessage(problem);
const header = (reply, name) => reply.headers.find((each) => each.name.toLowerCase() === name)?.values.map(({ value }) => value).join(';');
const expect = (reply, method) => {
  if (reply.statusCode !== 200) throw new Error(method + ' is answered with status ' + reply.statusCode);
  return reply;
};
async function run() {
  const client = new Client();
  client.authenticate(user, password);
  await client.connect(url);
  expect(await client.options(), 'OPTIONS');
  const description = expect(await client.describe(), 'DESCRIBE');
  const body = String(description.body?.plain ?? '');
  const video = body.slice(Math.max(0, body.indexOf('m=video')));
  const control = /^a=control:(\\S+)/m.exec(video)?.[1];
  const setup = expect(await client.setup(control === '*' ? undefined : control, 'RTP/AVP;unicast;client_port=' + ports), 'SETUP');
  client.setSession((header(setup, 'session') ?? '').split(';')[0].trim());
  expect(await client.play({ range: 'npt=0.000-' }), 'PLAY');
  expect(await client.teardown(), 'TEARDOWN');
  client.close();
}
run().then(() => say(null), (error) => say(String(error && error.message || error)));
`;

/** Null when the library came as far as TEARDOWN; else what stopped it, without credentials. */
export async function handshake(url: string, user: string, password: string): Promise<string | null> {
  const library = createRequire(import.meta.url).resolve('rtsp-client');
  const worker = new Worker(SCRIPT, { eval: true, workerData: { library, url, user, password, ports: UNUSED_PORTS } });
  let timer: NodeJS.Timeout | undefined;
  try {
    const problem = await new Promise<string | null>((resolve) => {
      timer = setTimeout(() => resolve(`no end within ${DEADLINE_MS / 1000} s`), DEADLINE_MS);
      worker.once('message', resolve);
      worker.once('error', (error) => resolve(error.message));
      worker.once('exit', () => resolve('it ended without a word'));
    });
    return problem === null ? null : problem.replaceAll(password, '***');
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
