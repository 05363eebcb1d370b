import { expect, it } from 'vitest';
import { sampleExchange } from '../report/sample-results.ts';
import { CheckRecorder } from './check-recorder.ts';

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

it('keeps what a check did until it is taken', () => {
  const recorder = new CheckRecorder();
  const exchange = sampleExchange();
  recorder.exchange(exchange, JPEG);
  recorder.exchange(exchange, Buffer.from('BM'));
  recorder.exchange(exchange, Buffer.from('{}'));
  recorder.exchange(exchange, null);
  recorder.stream({ exchanges: [], description: null, facts: [] });
  expect(recorder.take()).toMatchObject({
    exchanges: [exchange, exchange, exchange, exchange],
    omitted: 0,
    pictures: [{ type: 'image/jpeg' }, { type: 'image/bmp' }],
    streams: [{ description: null }],
  });
  expect(recorder.take()).toEqual({ exchanges: [], omitted: 0, pictures: [], streams: [] });
});

it('keeps the last of very many, and no picture that is very large', () => {
  const recorder = new CheckRecorder();
  for (let count = 0; count < 100; count += 1) recorder.exchange(sampleExchange({ durationMs: count }), JPEG);
  recorder.exchange(sampleExchange({ durationMs: 100 }), Buffer.concat([JPEG, Buffer.alloc(3_000_000)]));
  const { exchanges, omitted, pictures } = recorder.take();
  expect([exchanges.length, omitted, exchanges.at(-1)?.durationMs]).toEqual([40, 61, 100]);
  expect(pictures).toEqual([
    { type: 'image/jpeg', bytes: JPEG },
    { type: 'image/jpeg', bytes: JPEG },
  ]);
});
