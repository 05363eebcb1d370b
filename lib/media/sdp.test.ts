import { describe, expect, it } from 'vitest';
import { noise } from './noise.fixture.ts';
import { parseSdp, type Sdp } from './sdp.ts';

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\r\n`).join('');
const HEAD = ['v=0', 'o=- 1 1 IN IP4 192.168.1.89', 's=Session', 't=0 0'];
const VIDEO = ['m=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000'];
const ids = (sdp: Sdp): readonly string[] => sdp.deviations.map(({ id }) => id);

describe('a session description', () => {
  it('is read into session and media sections', () => {
    const sdp = parseSdp(
      lines(
        ...HEAD,
        'a=control:*',
        ...VIDEO,
        'a=fmtp:96 packetization-mode=1; profile-level-id=640028;sprop-parameter-sets=Z2QAKA==,aOvjyyLA',
        'a=framerate:25',
        'a=control:track1',
        'm=audio 0 RTP/AVP 8 97',
        'b=AS:64',
        'a=rtpmap:97 mpeg4-generic/32000/2',
        'a=control:track2',
        'a=recvonly',
      ),
    );
    expect(sdp.deviations).toEqual([]);
    expect(sdp).toMatchObject({ name: 'Session', control: '*' });
    const [video, audio] = sdp.media;
    expect(video).toMatchObject({
      kind: 'video',
      port: 0,
      protocol: 'RTP/AVP',
      payloadTypes: [96],
      control: 'track1',
      frameRate: 25,
      bandwidth: null,
    });
    expect(video?.formats[0]).toMatchObject({ payloadType: 96, codec: 'H264', clockRate: 90000, channels: 1 });
    expect([...(video?.formats[0]?.parameters ?? [])]).toEqual([
      ['packetization-mode', '1'],
      ['profile-level-id', '640028'],
      ['sprop-parameter-sets', 'Z2QAKA==,aOvjyyLA'],
    ]);
    expect(audio).toMatchObject({ kind: 'audio', control: 'track2', bandwidth: 64, frameRate: null });
    expect(audio?.formats).toMatchObject([
      { payloadType: 8, codec: 'PCMA', clockRate: 8000, channels: 1 },
      { payloadType: 97, codec: 'MPEG4-GENERIC', clockRate: 32000, channels: 2 },
    ]);
    expect(audio?.attributes).toContainEqual({ name: 'recvonly', value: null });
  });

  it.each<readonly [string, string, readonly string[], Readonly<Record<string, unknown>>]>([
    [
      'from m= on',
      lines(...VIDEO),
      ['sdp-no-version', 'sdp-no-origin', 'sdp-no-name', 'sdp-no-time'],
      { formats: [expect.objectContaining({ codec: 'H264' })] },
    ],
    ['LF only', [...HEAD, ...VIDEO, ''].join('\n'), ['sdp-bare-lf'], { payloadTypes: [96] }],
    ['no final newline', lines(...HEAD, ...VIDEO).trimEnd(), ['sdp-no-final-newline'], { formats: [expect.objectContaining({ clockRate: 90000 })] }],
    ['another order', lines('v=0', 's=x', 'o=- 1 1 IN IP4 1.2.3.4', 't=0 0', ...VIDEO), ['sdp-order'], { kind: 'video' }],
    ['attribute before c= in a section', lines(...HEAD, ...VIDEO, 'c=IN IP4 0.0.0.0'), ['sdp-order'], { kind: 'video' }],
    ['o= with spaces in the name', lines('v=0', 'o=my cam 1 1 IN IP4 h', 's=x', 't=0 0', ...VIDEO), ['sdp-origin-malformed'], { kind: 'video' }],
    ['o= with a hexadecimal id', lines('v=0', 'o=- -1 0x1 IN IPV4', 's=x', 't=0 0', ...VIDEO), ['sdp-origin-malformed'], { kind: 'video' }],
    ['c=IN', lines('v=0', 'o=- 1 1 IN IP4 h', 's=x', 'c=IN', 't=0 0', ...VIDEO), ['sdp-connection-malformed'], { kind: 'video' }],
    [
      'c=SM SM',
      lines(...HEAD, 'm=video 0 RTP/AVP 26', 'c=SM SM'),
      ['sdp-connection-malformed'],
      { formats: [expect.objectContaining({ codec: 'JPEG' })] },
    ],
    ['v=1', lines('v=1', ...HEAD.slice(1), ...VIDEO), ['sdp-version'], { kind: 'video' }],
    [
      'rtpmap with a trailing space',
      lines(...HEAD, 'm=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000 '),
      ['sdp-trailing-space'],
      { formats: [expect.objectContaining({ codec: 'H264', clockRate: 90000 })] },
    ],
    [
      'rtpmap with a tab',
      lines(...HEAD, 'm=video 0 RTP/AVP 96', 'a=rtpmap:96\tH264/90000'),
      ['sdp-rtpmap-malformed'],
      { formats: [expect.objectContaining({ codec: 'H264', clockRate: 90000 })] },
    ],
    [
      'rtpmap without rate',
      lines(...HEAD, 'm=audio 0 RTP/AVP 97', 'a=rtpmap:97 PCMA'),
      ['sdp-rtpmap-malformed'],
      { formats: [expect.objectContaining({ codec: 'PCMA', clockRate: null })] },
    ],
    ['rtpmap of another type', lines(...HEAD, ...VIDEO, 'a=rtpmap:97 H265/90000'), ['sdp-rtpmap-unlisted'], { payloadTypes: [96] }],
    [
      'a dynamic type without rtpmap',
      lines(...HEAD, 'm=video 0 RTP/AVP 96'),
      ['sdp-rtpmap-missing'],
      { formats: [expect.objectContaining({ codec: null, clockRate: null })] },
    ],
    [
      'another name of the coding',
      lines(...HEAD, 'm=video 0 RTP/AVP 98', 'a=rtpmap:98 hevc/90000'),
      ['sdp-codec-alias'],
      { formats: [expect.objectContaining({ codec: 'H265' })] },
    ],
    [
      'an empty fmtp',
      lines(...HEAD, ...VIDEO, 'a=fmtp:96'),
      ['sdp-fmtp-malformed'],
      { formats: [expect.objectContaining({ parameters: new Map() })] },
    ],
    ['framerate:0S', lines(...HEAD, ...VIDEO, 'a=framerate:0S'), ['sdp-framerate-malformed'], { frameRate: null }],
    ['x-framerate: 15', lines(...HEAD, ...VIDEO, 'a=x-framerate: 15'), [], { frameRate: 15 }],
    ['two controls', lines(...HEAD, ...VIDEO, 'a=control:a', 'a=control:b'), ['sdp-control-duplicate'], { control: 'b' }],
    ['one section without control', lines(...HEAD, ...VIDEO), [], { control: null }],
    ['several sections without control', lines(...HEAD, ...VIDEO, 'm=audio 0 RTP/AVP 0'), ['sdp-control-missing'], { kind: 'video' }],
    ['a line without =', lines(...HEAD, 'hello', ...VIDEO), ['sdp-line-malformed'], { kind: 'video' }],
    ['a payload type of 200', lines(...HEAD, 'm=video x RTP/AVP 200'), ['sdp-media-malformed'], { port: 0, payloadTypes: [] }],
    ['t= after r=', lines(...HEAD, 'r=1 1 0', 't=1 1', ...VIDEO), [], { kind: 'video' }],
  ])('is read with a note: %s', (_, text, expected, media) => {
    const sdp = parseSdp(text);
    expect(ids(sdp)).toEqual(expected);
    expect(sdp.media[0]).toMatchObject(media);
  });

  it('takes names of the language itself for names', () => {
    const { media } = parseSdp(lines(...HEAD, 'm=video 0 RTP/AVP 96', 'a=rtpmap:96 constructor/90000', 'a=fmtp:96 __proto__=1'));
    expect(media[0]?.formats[0]?.codec).toBe('CONSTRUCTOR');
    expect(media[0]?.formats[0]?.parameters.get('__proto__')).toBe('1');
  });

  it('is never too strange, long or empty to be read', () => {
    expect(ids(parseSdp(''))).toEqual(['sdp-no-version', 'sdp-no-origin', 'sdp-no-name', 'sdp-no-time', 'sdp-no-media']);
    expect(ids(parseSdp('m=video 0 RTP/AVP 96\r\n'.repeat(5000)))).toContain('sdp-too-long');
    const valid = new TextEncoder().encode(lines(...HEAD, ...VIDEO, 'a=fmtp:96 a=b'));
    for (const bytes of noise(300, valid)) expect(parseSdp(bytes).media.length).toBeLessThanOrEqual(64);
  });
});
