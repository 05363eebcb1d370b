import { expect, it } from 'vitest';
import { formatReceiverReport } from './receiver-report.ts';
import { createReception } from './reception.ts';
import { rtpOf } from './rtsp-server.fixture.ts';

it('has nothing to report before the first packet', () => {
  expect(createReception(90_000).report(0)).toBeNull();
});

it('counts loss over a wrap of the sequence number', () => {
  const reception = createReception(90_000);
  for (const sequence of [65_534, 65_535, 0, 3]) reception.rtp(rtpOf(sequence), 0);
  expect(reception.report(0)).toMatchObject({ ssrc: 0x1234_5678, highestSequence: 0x1_0003, lost: 2, fractionLost: Math.floor((2 * 256) / 6) });
  reception.rtp(rtpOf(4), 0);
  expect(reception.report(0)).toMatchObject({ highestSequence: 0x1_0004, lost: 2, fractionLost: 0 });
});

it('takes a late packet as no loss, and a restart as a new beginning', () => {
  const reception = createReception(90_000);
  for (const sequence of [10, 12, 11]) reception.rtp(rtpOf(sequence), 0);
  expect(reception.report(0)).toMatchObject({ highestSequence: 12, lost: 0 });
  reception.rtp(rtpOf(40_000), 0);
  expect(reception.report(0)).toMatchObject({ highestSequence: 40_000, lost: 0 });
  reception.rtp(rtpOf(7, 0, 99), 0);
  expect(reception.report(0)).toMatchObject({ ssrc: 99, highestSequence: 7, lost: 0 });
});

it('measures jitter in units of the clock', () => {
  const reception = createReception(90_000);
  reception.rtp(rtpOf(0, 0), 0);
  reception.rtp(rtpOf(1, 3600), 40);
  expect(reception.report(0)?.jitter).toBe(0);
  reception.rtp(rtpOf(2, 7200), 90);
  expect(reception.report(0)?.jitter).toBe(Math.floor(900 / 16));
});

it('repeats the time of the last sender report, and passes over what is none', () => {
  const reception = createReception(90_000);
  reception.rtp(rtpOf(0), 0);
  reception.rtp(Buffer.from('rubbish'), 0);
  reception.rtcp(Buffer.from([0x80, 201, 0, 1, 0, 0, 0, 1]), 0);
  expect(reception.report(1000)).toMatchObject({ lastSr: 0, delaySinceLastSr: 0 });
  const report = Buffer.alloc(28);
  report[0] = 0x80;
  report[1] = 200;
  report.writeUInt32BE(0x0000_abcd, 8);
  report.writeUInt32BE(0x1234_0000, 12);
  reception.rtcp(report, 1000);
  expect(reception.report(1500)).toMatchObject({ lastSr: 0xabcd_1234, delaySinceLastSr: 32_768 });
});

it('writes a compound packet, byte by byte', () => {
  const block = { ssrc: 2, fractionLost: 3, lost: -1, highestSequence: 4, jitter: 5, lastSr: 6, delaySinceLastSr: 7 };
  const expected = [
    '81c90007 00000001 00000002 03ffffff 00000004 00000005 00000006 00000007',
    // CNAME of five bytes: the item, its end, and zeros up to the boundary
    '81ca0003 00000001 01056162 63646500',
  ].join(' ');
  expect(formatReceiverReport(1, [block], 'abcde').toString('hex')).toBe(expected.replaceAll(' ', ''));
  expect(formatReceiverReport(1, [], 'abcdef').toString('hex')).toBe('80c900010000000181ca00040000000101066162636465660000'.padEnd(56, '0'));
});
