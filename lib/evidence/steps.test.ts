import { describe, expect, it, test } from 'vitest';
import type { Members } from '../document/row-value.ts';
import type { About, Finding } from '../results/finding.ts';
import { sampleExchange, sampleRtspExchange } from '../results/sample-results.fixture.ts';
import type { Exchange, HttpExchange } from '../wire/exchange.ts';
import { stepsTo } from './steps.ts';
import { Tape } from './tape.ts';

let second = 0;
/** Each a second behind the one before. */
const asked = (action: string, json: Members | null = null, text = '{"code":0}', changes: Partial<HttpExchange> = {}): HttpExchange => {
  second += 1;
  const sent = json === null ? '' : `&json=${encodeURIComponent(JSON.stringify(json))}`;
  return sampleExchange({
    url: `http://c/action/cgi_action?user=admin&pwd=***&action=${action}${sent}`,
    json: json === null ? null : JSON.stringify(json),
    startedAt: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString(),
    reply: { statusLine: 'HTTP/1.1 200 OK', status: 200, headers: [], text, bytes: text.length },
    credentials: 'right',
    ...changes,
  });
};
const picture = (fmt: string): HttpExchange => ({ ...asked('', null), url: `http://c/action/cgi_images?fmt=${fmt}` });
const tapeOf = (...exchanges: readonly HttpExchange[]): Tape => {
  const tape = new Tape();
  for (const exchange of exchanges) tape.exchange(exchange, null);
  return tape;
};
const nothingKnown = { findings: [], mask: (text: string) => text, originalOf: () => null };
const aboutWhat = (about: About): readonly Finding[] => [{ documented: '', received: '', about }];
const stepsOf = (shown: Exchange | null, tape: Tape, options = {}) => stepsTo(shown, tape.recorded, { ...nothingKnown, ...options });
/** `get1 set! get2x3`: `!` where the finding shows. */
const told = (shown: HttpExchange | null, tape: Tape): string =>
  stepsOf(shown, tape)
    .map(({ exchanges: [exchange], times, shows }) => {
      const { searchParams } = new URL(exchange?.url ?? '');
      return `${searchParams.get('action') ?? searchParams.get('fmt')}${times > 1 ? `x${times}` : ''}${shows ? '!' : ''}`;
    })
    .join(' ');

describe('the steps to a finding', () => {
  const before = asked('getVencConf', { channel: 0 }, '{"bitrate":1}');
  const other = asked('getOsdConf');
  const set = asked('setVencConf', { channel: 0, bitrate: 2 });
  const after = asked('getVencConf', { channel: 0 }, '{"bitrate":3}');
  const again = asked('getVencConf', { channel: 0 }, '{"bitrate":3}');
  const back = asked('setVencConf', { channel: 0, bitrate: 1 });
  const last = asked('getVencConf', { channel: 0 }, '{"bitrate":1}');
  const whole = tapeOf(before, other, set, after, again, back, last);

  it('are the reading before, the change and the reading behind it, whichever of them shows it', () => {
    expect(told(set, whole)).toBe('getVencConf setVencConf! getVencConfx2');
    expect(told(after, whole)).toBe('getVencConf setVencConf getVencConfx2!');
    expect(told(again, whole)).toBe('getVencConf setVencConf getVencConfx2!');
  });

  it('hold the reading that the message names, and one that is about several changes', () => {
    const [osd, venc] = [asked('getOsdConf'), asked('getVencConf')];
    const tape = tapeOf(before, set, osd, venc);
    expect(stepsOf(set, tape, { findings: aboutWhat({ action: 'getOsdConf' }) }).map(({ exchanges: [each] }) => each)).toEqual([before, set, osd]);
    expect(stepsOf(set, tape).map(({ exchanges: [each] }) => each)).toEqual([before, set, venc]);
    const inARow = tapeOf(before, set, asked('setVencConf', { gop: 99 }), asked('getVencConf', { channel: 0 }));
    expect(told(set, inARow)).toBe('getVencConf setVencConf! getVencConf');
  });

  it('hold the reading and the set also of a camera that was polled for long', () => {
    const polled = tapeOf(
      before,
      set,
      ...Array.from({ length: 300 }, (_, index) => asked('getVencConf', { channel: 0 }, `{"bitrate":${index % 2}}`)),
    );
    expect(told(set, polled)).toBe('getVencConf setVencConf! getVencConf getVencConf');
  });

  it('are the settings before and behind the change of what is seen in a picture or a stream', () => {
    const [look, lookAgain] = [{ ...picture('jpg'), startedAt: before.startedAt }, picture('jpg')];
    expect(told(lookAgain, tapeOf(look, before, set, after, lookAgain))).toBe('jpg setVencConf getVencConf jpg!');
    expect(told(lookAgain, tapeOf(before, set, after, lookAgain))).toBe('getVencConf setVencConf getVencConf jpg!');
  });

  it('are what it was compared with, where nothing was changed', () => {
    const [jpeg, bmp] = [picture('jpg'), picture('bmp')];
    expect(told(bmp, tapeOf(other, jpeg, bmp))).toBe('jpg bmp!');
    const [right, wrong] = [asked('getMailConf'), asked('getMailConf', null, '{"code":0}', { credentials: 'wrong-password' })];
    expect(told(wrong, tapeOf(right, other, wrong))).toBe('getMailConf getMailConf!');
  });

  it('hold the change of what must be so that another one applies', () => {
    const [mode, read, time] = [asked('setTime', { ntp_enable: 0 }), asked('getDeviceTime'), asked('setTime', { CurTime: 5 })];
    expect(told(time, tapeOf(mode, read, time, asked('getDeviceTime')))).toBe('setTime setTime! getDeviceTime');
    const zone = asked('setTime', { timeZone: 5 });
    const later = asked('setTime', { CurTime: 6 });
    expect(told(later, tapeOf(zone, later))).toBe('setTime!');
  });

  it('are the last requests where no exchange shows it, and the exchange alone where nothing was noted', () => {
    expect(told(null, whole)).toBe('getVencConf getOsdConf setVencConf getVencConfx2 setVencConf getVencConf');
    expect(told(set, tapeOf())).toBe('setVencConf!');
    expect(stepsOf(null, tapeOf())).toEqual([]);
  });

  it('are about the channel that the finding names, where several were set', () => {
    const venc = (channel: number, bitrate: number) => asked('getVencConf', { channel }, JSON.stringify({ bitrate }));
    const [before0, before1] = [venc(0, 1), venc(1, 1)];
    const [main, auxiliary] = [asked('setVencConf', { channel: 0, bitrate: 4 }), asked('setVencConf', { channel: 1, bitrate: 2 })];
    const [after0, after1, seen] = [venc(0, 4), venc(1, 2), picture('jpg')];
    const tape = tapeOf(before0, before1, main, auxiliary, after0, after1, seen);
    const sent = (about: About) =>
      stepsOf(seen, tape, { findings: aboutWhat(about) }).map(({ exchanges: [each] }) => (each?.kind === 'http' ? each.json : null));
    expect(sent({ instance: { channel: 0 } })).toEqual([before0.json, main.json, after0.json, null]);
    expect(sent({ instance: { channel: 1 } })).toEqual([before1.json, auxiliary.json, after1.json, null]);
    expect(sent({})).toContain(main.json);
    expect(sent({})).toContain(auxiliary.json);
  });

  it('hold what was set before the picture that a picture is compared with', () => {
    const [low, dark] = [asked('setImageAdjustment', { brightness: 64 }), picture('jpg')];
    const [high, read, bright] = [asked('setImageAdjustment', { brightness: 192 }), asked('getImageAdjustment'), picture('jpg')];
    expect(stepsOf(bright, tapeOf(low, dark, high, read, bright)).map(({ exchanges: [each] }) => each)).toEqual([low, dark, high, read, bright]);
  });

  it('begin with the reading that an experiment started from, also when another one had made it', () => {
    const [old, start] = [asked('getVencConf', { channel: 0 }, '{"bitrate":7}'), asked('getVencConf', { channel: 0 }, '{"bitrate":5}')];
    const [change, behind] = [asked('setVencConf', { channel: 0, bitrate: 2 }), asked('getVencConf', { channel: 0 }, '{"bitrate":2}')];
    // It is told of when the change is about to be sent.
    const tape = tapeOf(old, start, start, change, behind);
    expect(stepsOf(change, tape).map(({ exchanges: [each], times }) => [each, times])).toEqual([
      [start, 1],
      [change, 1],
      [behind, 1],
    ]);
  });

  it('are few, and a long reply in them is cut: that of the finding is whole elsewhere', () => {
    const long = (action: string) => asked(action, null, 'x'.repeat(10_000));
    const exchanges = Array.from({ length: 9 }, (_, index) => long(`set${index}`));
    const shown = long('getA');
    const steps = stepsOf(shown, tapeOf(...exchanges, shown));
    expect(steps.map(({ exchanges: [exchange] }) => exchange?.reply?.text?.length)).toEqual([6000, 6000, 6000, 6000]);
  });
});

test('a session is one step with its dialogue, without what is secret', () => {
  const rtsp = (method: string, response: string) => sampleRtspExchange(method, response, { startedAt: '2026-01-01T00:00:00.500Z' });
  const exchanges = [rtsp('DESCRIBE', 'RTSP/1.0 200 OK\r\n\r\ns=geheim\r\n'), rtsp('PLAY', 'RTSP/1.0 200 OK\r\n\r\n')];
  const tape = tapeOf(asked('setVencConf', { bitrate: 1 }));
  tape.stream({ exchanges, description: null, facts: [] });
  const mask = (text: string) => text.replaceAll('geheim', '***');
  const [session, change] = stepsOf(exchanges[1] ?? null, tape, { mask });
  expect(session).toMatchObject({ kind: 'session', shows: true, facts: null, exchanges: [{ method: 'DESCRIBE' }, { method: 'PLAY' }] });
  expect(JSON.stringify(session)).not.toContain('geheim');
  expect(change).toBeUndefined();
});

describe('what puts a change back', () => {
  const original = { bitrate: 1024, gop: 50, ntp_enable: 1, password: 'geheim', deviceName: 'geheim' };
  const of = (action: string, json: Members): string | null | undefined => {
    const set = asked(action, json);
    const originalOf = (): Members => original;
    return stepsOf(set, tapeOf(set), { originalOf, mask: (text: string) => text.replaceAll('geheim', '***') })[0]?.original;
  };

  it('is what it named, as it was, with what selects the instance', () => {
    expect(of('setVencConf', { channel: 1, bitrate: 2, gop: 3 })).toBe('{"channel":1,"bitrate":1024,"gop":50}');
    expect(of('setTime', { CurTime: 5, ntp_enable: 0 })).toBe('{"ntp_enable":1}');
  });

  it('is not known where the original is not, or is a secret, or changes by itself', () => {
    expect(of('setVencConf', { channel: 1, no_such: 2 })).toBeNull();
    expect(of('setGb28181', { password: 'conf1' })).toBeNull();
    expect(of('setSysConfig', { deviceName: 'conf1' })).toBeNull();
    expect(of('setTime', { CurTime: 5 })).toBeNull();
    expect(of('setPtzControl', { ptz_cmd: 1 })).toBeNull();
    const set = asked('setVencConf', { bitrate: 2 });
    expect(stepsOf(set, tapeOf(set))[0]?.original).toBeNull();
  });
});
