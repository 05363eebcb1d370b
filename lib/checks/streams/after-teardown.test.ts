import { expect, test } from 'vitest';
import { firstListenMs, latePackets } from './after-teardown.ts';

test.each<readonly [string, number, readonly number[], string | null]>([
  ['nothing', 300, [], null],
  ['what was under way', 300, [1, 40, 249], null],
  ['a packet too late', 2001, [1, 262], '1 packet later than that, the last one 262 ms after the reply, then none until 2.0 s after it'],
  ['some that end', 2001, [1, 260, 300, 800.4], '3 packets later than that, the last one 800 ms after the reply, then none until 2.0 s after it'],
  [
    'a stream that goes on',
    2001,
    [1, 260, 1990],
    '2 packets later than that, still arriving when the suite stopped listening, 2.0 s after the reply',
  ],
])('after TEARDOWN: %s', (_, listenedMs, arrivalsMs, words) => expect(latePackets({ listenedMs, arrivalsMs })).toBe(words));

test.each([
  ['25 pictures a second', 40, 310],
  ['one a second', 1000, 1750],
  ['one in five seconds', 5000, 2000],
])('listens for the next picture of %s', (_, pauseMs, listenMs) => expect(firstListenMs(pauseMs)).toBe(listenMs));
