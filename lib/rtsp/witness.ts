/**
 * An ordinary client library as witness: does it get through the handshake with this camera? It can't be the judge: it takes
 * each TCP chunk for one whole response, answers a missing CSeq with the oldest request, throws inside its socket handler and
 * has no deadline. So it runs in a thread of its own, with a deadline. The only place that knows the package rtsp-client.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

const DEADLINE_MS = 5000;

/** Runs in the thread, as plain JavaScript: a thread does not inherit the loader that reads TypeScript. */
const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads');
const Client = require(workerData.library);
const client = new Client(workerData.user, workerData.password);
const say = (problem) => parentPort.postMessage(problem);
client.on('error', (error) => say(String(error && error.message || error)));
client.connect(workerData.url, { connection: 'tcp' })
  .then(() => client.play())
  .then(() => client.close())
  .then(() => say(null), (error) => say(String(error && error.message || error)));
`;

/** Null when the library came as far as TEARDOWN; else what stopped it, without credentials. */
export async function handshake(url: string, user: string, password: string): Promise<string | null> {
  const library = createRequire(import.meta.url).resolve('rtsp-client');
  const worker = new Worker(SCRIPT, { eval: true, workerData: { library, url, user, password } });
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
