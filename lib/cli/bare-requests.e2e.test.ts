/** Scripts of autopilots write a request to the camera's page and close at once, a hundred times a second: a run beside them judges as without. */
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { md5Hex } from '../wire/md5.ts';
import { cameraProcess, conformance, LIMIT_MS, type Run } from './conformance.fixture.ts';

const REQUESTS = 1000;
const WITHIN_MS = 10_000;
/** Requests by which a run is at its checks. */
const UNDER_WAY = 20;
const JSON_TEXT = '{"channel":0,"ptz_cmd":9,"speed_h":50,"speed_v":50}';

/** No reply is read; every other connection is reset as soon as the request is on its way. */
const bare = ({ hostname, port }: URL, isReset: boolean): Promise<void> =>
  new Promise((resolve) => {
    const text = `POST /action/setPtzControl HTTP/1.1\r\nHost: ${hostname}\r\nConnection: keep-alive\r\nContent-Length: ${JSON_TEXT.length}\r\n\r\n${JSON_TEXT}`;
    const socket = connect(Number(port), hostname, () => {
      socket.write(text, () => void (isReset ? socket.resetAndDestroy() : socket.destroy()));
    });
    socket.on('error', () => undefined).on('close', () => resolve());
  });

/** How many ms all of them took. */
async function writeAll(url: URL): Promise<number> {
  const begun = performance.now();
  const sent: Promise<void>[] = [];
  for (let count = 0; count < REQUESTS; count += 1) {
    await pause(Math.max(0, begun + (count * WITHIN_MS) / REQUESTS - performance.now()));
    sent.push(bare(url, count % 2 === 1));
  }
  await Promise.all(sent);
  return performance.now() - begun;
}

/** Where they turn the view, what is looked for in a picture may not be told from that: then it is not testable, and never a finding. */
const isOfPicture = (id: string): boolean => id.endsWith('/in-picture');

const verdictsOf = ({ code, results }: Run) => ({
  code,
  notices: results.notices,
  checks: results.checks.filter(({ id }) => !isOfPicture(id)).map(({ id, verdict, skipReason }) => `${id} ${skipReason ?? verdict}`),
  ofPictures: results.checks.filter(({ id, verdict }) => isOfPicture(id) && verdict !== 'skip' && verdict !== 'pass').map(({ id }) => id),
});

it(
  'of 1,000 bare requests in 10 s a run beside them sees nothing',
  async () => {
    const { url, requests } = await cameraProcess({ web: 'beside' });
    const environment = { CAMERA_URL: url, CAMERA_SECTIONS: '8,23,24' };
    const alone = verdictsOf(await conformance({ environment }));
    await fetch(`${url}/action/hiLogin`, { method: 'POST', body: JSON.stringify({ passwd: md5Hex('123456') }) });
    const before = (await requests()).length;
    // Not while the run still looks who is there and starts its suites.
    const written = (async (): Promise<number> => {
      while ((await requests()).length < before + UNDER_WAY) await pause(50);
      return writeAll(new URL(url));
    })();
    const beside = verdictsOf(await conformance({ environment }));
    const tookMs = await written;
    const own = (await requests()).slice(before);
    const times = own.flatMap(({ action }, index) => (action === 'setPtzControl' ? [index] : []));
    expect(beside).toEqual(alone);
    expect(tookMs).toBeLessThan(1.5 * WITHIN_MS);
    expect(times.length, 'carried out').toBeGreaterThan(REQUESTS / 3);
    expect(own.slice(times[0], times.at(-1)).filter(({ action }) => action !== 'setPtzControl').length, 'of the run between them').toBeGreaterThan(
      100,
    );
  },
  2 * LIMIT_MS,
);
