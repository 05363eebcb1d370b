import { expect, it } from 'vitest';
import { formatBmp } from '../media/bmp.ts';
import { sampleExchange } from '../results/sample-results.fixture.ts';
import { isReading, noteExchange, noteViewing, offTheRecord, onTape, type Recorded, sharedEvidence, Tape } from './tape.ts';

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const at = (second: number, action = 'getVencConf', text = '{"code":0}') =>
  sampleExchange({
    url: `http://c/action/cgi_action?user=admin&pwd=***&action=${action}`,
    startedAt: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString(),
    reply: { statusLine: 'HTTP/1.1 200 OK', status: 200, headers: [], text, bytes: text.length },
  });
const told = ({ exchanges }: Recorded): readonly string[] =>
  exchanges.map(({ exchange, times }) => `${new URL(exchange.url).searchParams.get('action')} ${exchange.reply?.text} x${times}`);

it('keeps what was asked, and each picture once, by its bytes', () => {
  const tape = new Tape();
  tape.exchange(at(1), JPEG);
  tape.exchange(at(2, 'getB'), Buffer.from('BM'));
  tape.exchange(at(3, 'getC'), Buffer.from(JPEG));
  tape.exchange(at(4, 'getD'), Buffer.concat([JPEG, Buffer.alloc(3_000_000)]));
  tape.exchange(at(5, 'getE'), null);
  tape.exchange(
    { ...at(6), url: 'http://c/action/cgi_images?fmt=bmp' },
    formatBmp({ width: 1280, height: 720, rgba: new Uint8Array(1280 * 720 * 4) }),
  );
  tape.stream({ exchanges: [], description: null, facts: [] });
  expect(tape.recorded).toMatchObject({
    omitted: 0,
    pictures: [{ type: 'image/jpeg' }, { type: 'image/bmp' }, { query: '?fmt=bmp', size: 2_764_854, shownAs: '640 x 360' }],
    streams: [{ description: null }],
  });
  expect(told(tape.recorded)).toHaveLength(6);
});

it('folds what is equal and comes one after the other', () => {
  const tape = new Tape();
  for (let second = 0; second < 40; second += 1) tape.exchange(at(second), null);
  tape.exchange(at(40, 'getVencConf', '{"code":1}'), null);
  tape.exchange(at(41), null);
  expect(told(tape.recorded)).toEqual(['getVencConf {"code":0} x40', 'getVencConf {"code":1} x1', 'getVencConf {"code":0} x1']);
  expect(tape.recorded.exchanges[0]).toMatchObject({ since: '2026-01-01T00:00:00.000Z', exchange: { startedAt: '2026-01-01T00:00:39.000Z' } });
});

it('keeps the first, the last and all that may change something of very many', () => {
  const tape = new Tape();
  tape.exchange(at(0, 'getA'), null);
  tape.exchange(at(1, 'setA'), null);
  for (let second = 2; second < 500; second += 1) tape.exchange(at(second, second === 100 ? 'setB' : 'getA', `{"n":${second}}`), null);
  const { exchanges, omitted } = tape.recorded;
  const actions = told(tape.recorded).map((line) => line.split(' ')[0]);
  expect([exchanges.length, exchanges.length + omitted]).toEqual([80, 500]);
  expect(actions.slice(0, 3)).toEqual(['getA', 'setA', 'getA']);
  expect(actions.filter((action) => action === 'setB')).toHaveLength(1);
  expect(exchanges.at(-1)?.exchange.reply?.text).toBe('{"n":499}');
});

it('is bounded by what changes something, too, and then keeps the first and the last', () => {
  const tape = new Tape();
  for (let second = 0; second < 500; second += 1) tape.exchange(at(second, `set${second}`), null);
  const actions = told(tape.recorded).map((line) => line.split(' ')[0]);
  expect(actions).toHaveLength(80);
  expect([actions[0], actions[7], actions.at(-1)]).toEqual(['set0', 'set7', 'set499']);
});

/** An experiment that is made when it is first asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let shared: (() => Promise<T>) | null = null;
  return () => {
    shared ??= sharedEvidence(make);
    return shared();
  };
}

it('notes what an experiment did for every check that asks for it, in order of time, and nothing twice', async () => {
  const viewing = { exchanges: [], description: null, facts: [] };
  const inner = once(async () => noteExchange(at(1, 'getInner'), null));
  const outer = once(async () => {
    await inner();
    noteExchange(at(2, 'setOuter'), JPEG);
    noteViewing(viewing);
  });
  const check = async (second: number): Promise<Recorded> => {
    const tape = new Tape();
    await onTape(tape, async () => {
      noteExchange(at(second, 'getOwn'), null);
      await outer();
      await inner();
      await outer();
    });
    return tape.recorded;
  };
  const [first, second] = [await check(0), await check(9)];
  expect(told(first).map((line) => line.split(' ')[0])).toEqual(['getOwn', 'getInner', 'setOuter']);
  expect(told(second).map((line) => line.split(' ')[0])).toEqual(['getInner', 'setOuter', 'getOwn']);
  for (const { pictures, streams } of [first, second]) expect([pictures.length, streams]).toEqual([1, [viewing]]);
});

it('notes what an experiment did that failed', async () => {
  const tape = new Tape();
  const failing = once(async () => {
    noteExchange(at(1, 'setA'), null);
    throw new Error('no reply');
  });
  await onTape(tape, () => expect(failing()).rejects.toThrow('no reply'));
  expect(told(tape.recorded)).toHaveLength(1);
});

it('notes nothing that is off the record, and works where nothing is recorded', async () => {
  const tape = new Tape();
  const make = once(async () => 1);
  await onTape(tape, () => offTheRecord(async () => noteExchange(at(1), null)));
  expect(told(tape.recorded)).toEqual([]);
  noteExchange(at(2), null);
  expect(await make()).toBe(1);
  expect(await onTape(tape, make)).toBe(1);
});

it('tells what only asks from what may change something', () => {
  const urls = ['action=getVencConf', 'action=setVencConf', 'action=reset', 'action=', 'x=1'].map((query) => `http://c/action/cgi_action?${query}`);
  expect(urls.map((url) => isReading({ method: 'GET', url }))).toEqual([true, false, false, false, true]);
  expect(isReading({ method: 'POST', url: 'http://c/action/getX' })).toBe(true);
  expect(isReading({ method: 'POST', url: 'http://c/action/setX' })).toBe(false);
  expect(isReading({ method: 'POST', url: 'http://c/action/hiLogin', isLogIn: true })).toBe(true);
  expect(isReading({ method: 'GET', url: 'http://c/action/telnet?action=open' })).toBe(false);
});
