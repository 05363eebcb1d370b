import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RtspReply } from './connection.ts';
import { type KeepAlive, type KeepAliveMethod, LifeSigns } from './life-signs.ts';
import { createReception } from './reception.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function lifeSigns(keepAlive: KeepAlive, statuses: readonly number[] = []) {
  const sent: KeepAliveMethod[] = [];
  const reports: Buffer[] = [];
  const transport = { sendRtcp: (packet: Buffer) => void reports.push(packet) };
  const signs = new LifeSigns({
    keepAlive,
    receiverReports: true,
    send: async (method) => {
      sent.push(method);
      const status = statuses[sent.length - 1] ?? 200;
      if (status === 0) throw new Error('no answer');
      return { status } as RtspReply;
    },
    tracks: [{ transport: transport as never, reception: createReception(90_000) }],
  });
  return { signs, sent, reports };
}

test.each<readonly [KeepAlive, readonly string[], readonly number[], readonly KeepAliveMethod[]]>([
  ['auto', ['OPTIONS', 'GET_PARAMETER'], [], ['GET_PARAMETER', 'GET_PARAMETER']],
  ['auto', ['OPTIONS'], [], ['OPTIONS', 'OPTIONS']],
  ['auto', ['GET_PARAMETER'], [501], ['GET_PARAMETER', 'OPTIONS']],
  ['auto', ['GET_PARAMETER'], [454], ['GET_PARAMETER', 'GET_PARAMETER']],
  ['auto', ['GET_PARAMETER'], [0], ['GET_PARAMETER', 'GET_PARAMETER']],
  ['GET_PARAMETER', [], [501], ['GET_PARAMETER', 'GET_PARAMETER']],
  ['none', ['GET_PARAMETER'], [], []],
])('%s, where Public names %j and the answers are %j', async (keepAlive, methods, statuses, expected) => {
  const { signs, sent } = lifeSigns(keepAlive, statuses);
  signs.start(60, methods);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(30_002);
  expect(sent).toEqual(expected);
  signs.stop();
});

test('reports every 5 s, also before anything arrived, until it is stopped', async () => {
  const { signs, reports } = lifeSigns('none');
  signs.start(60, []);
  await vi.advanceTimersByTimeAsync(10_000);
  signs.stop();
  signs.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reports.map((packet) => packet[1])).toEqual([201, 201]);
});
