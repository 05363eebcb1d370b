import { describe, expect, it } from 'vitest';
import type { AudioFacts } from './audio-facts.ts';
import { aacStream, fromHex, h264Stream, h265Stream } from './captured-streams.fixture.ts';
import { noise } from './noise.fixture.ts';
import { formatRtp, parseRtp, type RtpHeader, type TimedPacket } from './rtp.ts';
import { parseSdp, type SdpMedia } from './sdp.ts';
import { measureStream, type StreamFacts } from './stream-facts.ts';
import type { VideoFacts } from './video-facts.ts';

function mediaOf(...lines: readonly string[]): SdpMedia {
  const [media] = parseSdp(['v=0', 'o=- 1 1 IN IP4 h', 's=x', 't=0 0', ...lines, ''].join('\r\n')).media;
  if (!media) throw new Error('Could not read the session description of this test.');
  return media;
}
const timed = (packets: readonly Uint8Array[], everyMs = 0): readonly TimedPacket[] =>
  packets.flatMap((bytes, index) => {
    const packet = parseRtp(bytes);
    return packet ? [{ packet, arrivedAtMs: index * everyMs }] : [];
  });
const video = ({ content }: StreamFacts): VideoFacts => {
  if (content?.kind !== 'video') throw new Error('Could not find video facts.');
  return content;
};
const audio = ({ content }: StreamFacts): AudioFacts => {
  if (content?.kind !== 'audio') throw new Error('Could not find audio facts.');
  return content;
};
const ids = ({ deviations }: StreamFacts): readonly string[] => deviations.map(({ id }) => id);
const captured = ({ sdp, packets }: typeof h264Stream): StreamFacts => measureStream(parseSdp(sdp).media[0] as SdpMedia, timed(packets));

describe('facts of captured streams', () => {
  it('H.264', () => {
    const facts = captured(h264Stream);
    expect(ids(facts)).toEqual([]);
    expect(facts).toMatchObject({ codec: 'H264', isReceived: true, unlistedPayloadTypes: [], announcedFrameRate: null });
    expect(facts.rtp.sources).toHaveLength(1);
    expect(facts.source).toMatchObject({ sequence: { lost: 0 }, markers: { last: 9, none: 0, elsewhere: 0 } });
    expect(video(facts)).toMatchObject({
      width: 64,
      height: 48,
      profile: 'Baseline',
      sizes: ['64x48'],
      missing: [],
      inBand: ['SPS', 'PPS'],
      announced: [],
    });
    expect(video(facts)).toMatchObject({ pictures: 9, brokenPictures: 0, frameRate: 10, nominalFrameRate: 10, arrivalFrameRate: null, seconds: 0.9 });
    expect(video(facts)).toMatchObject({ keyFrames: 3, keyFrameDistances: [4, 4], keyFrameDistance: 4, picturesBeforeKeyFrame: 0 });
    const payload = h264Stream.packets.reduce((sum, { length }) => sum + length - 12, 0);
    expect(video(facts).bitRate).toBeCloseTo((payload * 8) / 0.9, 6);
    expect(video(facts).groupBitRate).toBeGreaterThan(0);
  });

  it('H.265', () => {
    const facts = captured(h265Stream);
    expect(ids(facts)).toEqual([]);
    expect(facts.codec).toBe('H265');
    expect(video(facts)).toMatchObject({
      width: 64,
      height: 48,
      profile: 'Main',
      missing: [],
      inBand: ['VPS', 'SPS', 'PPS'],
      frameRate: 10,
      keyFrames: 3,
      keyFrameDistance: 4,
    });
  });

  it('AAC', () => {
    const facts = captured(aacStream);
    expect(ids(facts)).toEqual([]);
    expect(facts.codec).toBe('MPEG4-GENERIC');
    expect(audio(facts)).toMatchObject({ sampleRate: 32000, channels: 1, units: 10, samples: 10240, samplesPerTick: 1 });
    expect(audio(facts).bitRate).toBeCloseTo(((aacStream.packets[0]?.length ?? 0) - 12) * 8 * (32000 / audio(facts).ticks));
  });
});

const SPS = '6742001ef40b04b2';
const PPS = '68ce3880';
const H264_LINES = ['m=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000'];

interface Options {
  readonly rate?: number;
  readonly gop?: number;
  readonly pictures?: number;
  readonly bytes?: number;
  readonly without?: readonly string[];
  readonly change?: (header: RtpHeader, picture: number) => RtpHeader | null;
  readonly first?: number;
}
/** One packet per NAL unit; slices of `bytes` bytes. */
function stream({
  rate = 25,
  gop = 10,
  pictures = 31,
  bytes = 500,
  without = [],
  change = (header) => header,
  first = 0,
}: Options): readonly TimedPacket[] {
  const sent: TimedPacket[] = [];
  let sequenceNumber = 0;
  for (let picture = 0; picture < pictures; picture++) {
    const isKey = (picture + first) % gop === 0;
    const slice = Buffer.alloc(bytes, isKey ? '65b8aa' : '61b8aa', 'hex');
    const nals = [...(isKey ? [SPS, PPS].filter((nal) => !without.includes(nal)).map(fromHex) : []), new Uint8Array(slice)];
    nals.forEach((payload, index) => {
      const marker = index === nals.length - 1;
      const header = change(
        { marker, payloadType: 96, sequenceNumber: sequenceNumber++ & 0xffff, timestamp: Math.round(picture * (90000 / rate)), ssrc: 7, payload },
        picture,
      );
      const packet = header && parseRtp(formatRtp(header));
      if (packet) sent.push({ packet, arrivedAtMs: (picture * 1000) / rate });
    });
  }
  return sent;
}
const plain = mediaOf(...H264_LINES);

describe('facts of an H.264 stream', () => {
  it.each([
    [25, 10, 31],
    [15, 30, 61],
    [12.5, 1, 5],
    [30000 / 1001, 15, 40],
  ])('at %d pictures per second, %d between key frames', (rate, gop, pictures) => {
    const facts = video(measureStream(plain, stream({ rate, gop, pictures })));
    expect(facts.frameRate).toBeCloseTo(rate, 2);
    expect(facts.nominalFrameRate).toBeCloseTo(rate, 2);
    expect(facts.arrivalFrameRate).toBeCloseTo(rate, 2);
    expect(facts).toMatchObject({ pictures, keyFrameDistance: gop, width: 352, height: 288, profile: 'Baseline' });
  });

  it('has a bit rate that does not depend on where it was cut', () => {
    const whole = video(measureStream(plain, stream({ rate: 25, gop: 10, pictures: 31, bytes: 1000 })));
    const cut = video(measureStream(plain, stream({ rate: 25, gop: 10, pictures: 31, bytes: 1000, first: 7 })));
    // per 10 pictures: 10 slices, an SPS of 8 bytes and a PPS of 4
    const expected = (8 * (10 * 1000 + 12) * 25) / 10;
    expect(whole.groupBitRate).toBeCloseTo(expected, 6);
    expect(cut.groupBitRate).toBeCloseTo(expected, 6);
    expect(cut).toMatchObject({ picturesBeforeKeyFrame: 3, keyFrames: 3 });
    expect(whole.bitRate).toBeCloseTo(expected, -3);
  });

  it('with one key frame has no distance of them', () => {
    expect(video(measureStream(plain, stream({ gop: 300 })))).toMatchObject({
      keyFrames: 1,
      keyFrameDistance: null,
      keyFrameDistances: [],
      groupBitRate: null,
    });
    expect(video(measureStream(plain, stream({ gop: 300, first: 1 })))).toMatchObject({ keyFrames: 0, picturesBeforeKeyFrame: null });
  });

  it('with loss keeps its nominal frame rate, and counts no distance over a gap', () => {
    const facts = measureStream(plain, stream({ pictures: 41, change: (header, picture) => (picture === 14 ? null : header) }));
    expect(facts.source).toMatchObject({ sequence: { lost: 1, gaps: [{ missing: 1 }] } });
    expect(video(facts)).toMatchObject({ nominalFrameRate: 25, keyFrames: 5, keyFrameDistances: [10, 10, 10], brokenPictures: 2 });
    expect(ids(facts)).toEqual([]);
  });

  it.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
    ['no parameter sets', [], [SPS, PPS], ['SPS', 'PPS']],
    ['no PPS', [], [PPS], ['PPS']],
    ['sets in the session description only', ['a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0IAHvQLBLI=,aM44gA=='], [SPS, PPS], []],
    ['SPS there, PPS here', ['a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0IAHvQLBLI='], [SPS], []],
  ])('with %s', (_, lines, without, missing) => {
    const facts = measureStream(mediaOf(...H264_LINES, ...lines), stream({ without }));
    expect(video(facts).missing).toEqual(missing);
    expect(video(facts).width).toBe(without.includes(SPS) && lines.length === 0 ? null : 352);
    expect(ids(facts)).toEqual([]);
  });

  it.each([
    ['profile-level-id=42001e', []],
    ['profile-level-id=64001e', ['profile-level-id-differs']],
    ['profile-level-id=5046302', ['profile-level-id-malformed']],
    ['profile-level-id=TeAo', ['profile-level-id-malformed']],
    ['sprop-parameter-sets=', ['sprop-empty']],
    ['sprop-parameter-sets=Z0IAHvQLBLI,aM44gA', []],
    ['sprop-parameter-sets=AAAAAWdCAB70CwSy,aM44gA==', ['sprop-start-code']],
    ['sprop-parameter-sets=Z0IAHvQ*', ['sprop-not-base64']],
    ['sprop-parameter-sets=QAEMAQ==', ['sprop-not-parameter-set']],
    ['sprop-parameter-sets=Z2QAKKzZQHgCJ+XARAAAAwAEAAADAMg8YMZY', ['sprop-differs', 'sprop-of-another-size']],
  ])('with fmtp %s', (parameters, expected) =>
    expect(ids(measureStream(mediaOf(...H264_LINES, `a=fmtp:96 packetization-mode=1;${parameters}`), stream({})))).toEqual(expected),
  );

  it('with another clock than that of video', () => {
    expect(ids(measureStream(mediaOf('m=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/8000'), stream({})))).toEqual(['video-clock-rate']);
  });

  it('with STAP-A although packetization-mode is 0', () => {
    const change = (header: RtpHeader): RtpHeader => ({
      ...header,
      payload: Uint8Array.of(0x78, header.payload.length >> 8, header.payload.length & 255, ...header.payload),
    });
    expect(ids(measureStream(plain, stream({ change })))).toEqual(['fu-in-packetization-mode-0']);
    expect(ids(measureStream(mediaOf(...H264_LINES, 'a=fmtp:96 packetization-mode=1'), stream({ change })))).toEqual([]);
  });

  it('with another SSRC or payload type half-way', () => {
    const renamed = measureStream(plain, stream({ change: (header, picture) => (picture < 20 ? header : { ...header, ssrc: 8 }) }));
    expect(renamed.rtp.sources.map(({ ssrc, laterSsrcs }) => [ssrc, laterSsrcs])).toEqual([[7, [8]]]);
    expect(video(renamed).pictures).toBe(31);
    const other = measureStream(
      plain,
      stream({
        change: (header, picture) => (picture < 20 ? header : { ...header, ssrc: 8, sequenceNumber: (header.sequenceNumber + 9999) & 0xffff }),
      }),
    );
    expect(other.rtp.sources.map(({ ssrc }) => ssrc)).toEqual([7, 8]);
    expect(video(other).pictures).toBe(20);
    const unlisted = measureStream(plain, stream({ change: (header) => ({ ...header, payloadType: 97 }) }));
    expect(unlisted).toMatchObject({ unlistedPayloadTypes: [97], codec: 'H264' });
    expect(video(unlisted).pictures).toBe(31);
  });

  it('that never came', () => {
    const facts = measureStream(mediaOf(...H264_LINES, 'a=framerate:25'), []);
    expect(facts).toMatchObject({ isReceived: false, codec: 'H264', source: null, announcedFrameRate: 25, deviations: [] });
    expect(video(facts)).toMatchObject({ pictures: 0, frameRate: null, bitRate: null, missing: ['SPS', 'PPS'], seconds: 0 });
  });
});

describe('facts of sound', () => {
  const sound = (count: number, bytes: number, ticks: number, payloadType = 8): readonly TimedPacket[] =>
    timed(
      Array.from({ length: count }, (_, index) =>
        formatRtp({ marker: index === 0, payloadType, sequenceNumber: index, timestamp: index * ticks, ssrc: 1, payload: new Uint8Array(bytes) }),
      ),
      20,
    );

  it.each([
    ['as it should be', 160, 160, 1, 64000],
    ['with timestamps of half the rate', 160, 80, 2, 128000],
  ])('G.711 %s', (_, bytes, ticks, samplesPerTick, bitRate) => {
    const facts = measureStream(mediaOf('m=audio 0 RTP/AVP 8'), sound(50, bytes, ticks));
    expect(facts).toMatchObject({ codec: 'PCMA', deviations: [] });
    expect(audio(facts)).toMatchObject({ sampleRate: 8000, channels: 1, config: null, units: 50, samples: 8000, samplesPerTick, bitRate });
  });

  it.each([
    ['a=fmtp:97 config=1288', []],
    ['a=fmtp:97 mode=AAC-hbr', ['aac-config-missing']],
    ['a=fmtp:97 config=zz', ['aac-config-malformed']],
    ['a=fmtp:97 config=1688', ['aac-config-malformed']],
    ['a=fmtp:97 config=1588', ['aac-config-differs']],
  ])('AAC with %s', (line, expected) => {
    const facts = measureStream(mediaOf('m=audio 0 RTP/AVP 97', 'a=rtpmap:97 MPEG4-GENERIC/32000/1', line), []);
    expect(ids(facts)).toEqual(expected);
    expect(audio(facts)).toMatchObject({ units: 0, bitRate: null });
  });

  it('of a codec that is not measured still have a rate', () => {
    expect(audio(measureStream(mediaOf('m=audio 0 RTP/AVP 18'), sound(3, 20, 160, 18)))).toMatchObject({
      sampleRate: 8000,
      samples: null,
      samplesPerTick: null,
    });
    expect(measureStream(mediaOf('m=application 0 RTP/AVP 107', 'a=rtpmap:107 vnd.onvif.metadata/90000'), []).content).toBeNull();
  });
});

it('damaged packets of any kind make facts, not errors', () => {
  for (const { sdp, packets } of [h264Stream, h265Stream, aacStream]) {
    const [media] = parseSdp(sdp).media;
    const hostile = packets.flatMap((bytes) => [...noise(40, bytes)]);
    expect(media && measureStream(media, timed(hostile)).isReceived).toBe(true);
  }
});
