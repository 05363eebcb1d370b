import { describe, expect, it } from 'vitest';
import { combineStreamTampers, combineTampers } from './combine-tampers.ts';
import type { RtpPacket } from './stream/rtp-sender.ts';
import type { Tamper } from './tamper.ts';

const packet: RtpPacket = { header: Buffer.alloc(12), payload: new Uint8Array([1]) };

describe('tampers combined', () => {
  it('have no hook that none of them has', () => {
    expect(combineTampers([])).toEqual({});
    expect(Object.keys(combineTampers([{ text: () => 'a' }, { picture: (_, bytes) => bytes }]))).toEqual(['text', 'picture']);
    expect(combineStreamTampers([{}])).toEqual({});
  });

  it('change a reply one after the other, until it is text', () => {
    const { reply } = combineTampers([
      { reply: (_action, _json, members) => ({ ...members, a: 1 }) },
      { reply: (_action, _json, members) => JSON.stringify(members) },
      { reply: () => ({ never: 1 }) },
    ]);
    expect(reply?.('getX', null, { code: 0 })).toBe('{"code":0,"a":1}');
  });

  it('pass a missing request on, and what was made of it', () => {
    const { request } = combineTampers([{ request: (_, json) => json ?? '{}' }, { request: (_, json) => `${json} ` }]);
    expect([request?.('x', undefined), request?.('x', '5')]).toEqual(['{} ', '5 ']);
    const dropping = combineTampers([{ request: () => undefined }, { request: (_, json) => json }]);
    expect(dropping.request?.('x', '5')).toBeUndefined();
  });

  it('let the later of two decide who is admitted, knowing what the earlier said', () => {
    const { admits } = combineTampers([{ admits: () => false }, { admits: (user, _digest, isRight) => isRight || user === 'root' }]);
    expect([admits?.('root', '', true, 'x'), admits?.('admin', '', true, 'x')]).toEqual([true, false]);
  });

  it('put the bytes of the first that has some in the place of a reply', () => {
    const { wire } = combineTampers([{ wire: () => undefined }, { wire: (_, body) => `2${body}` }, { wire: () => '3' }]);
    expect(wire?.('x', 'b')).toBe('2b');
    expect(combineTampers([{ wire: () => undefined }, {}]).wire?.('x', 'b')).toBeUndefined();
  });

  it('chain what is stored, the texts and the pictures', () => {
    const both = combineTampers([
      { stored: (_, changes) => ({ ...changes, a: 1 }), text: (_, text) => `${text}!`, picture: (_, bytes) => bytes.subarray(1) },
      {
        stored: (_, changes, before) => ({ ...before, ...changes }),
        text: (_, text) => text.toUpperCase(),
        picture: (_, bytes) => bytes.subarray(1),
      },
    ]);
    expect(both.stored?.('x', {}, { b: 2 })).toEqual({ a: 1, b: 2 });
    expect(both.text?.('', 'error', 'x')).toBe('ERROR!');
    expect(both.picture?.('jpg', new Uint8Array([1, 2, 3]))).toEqual(new Uint8Array([3]));
  });

  it('keep the tamper that a lone hook belongs to', () => {
    const counting: Tamper & { count: number } = {
      count: 0,
      text(_, text) {
        this.count += 1;
        return text;
      },
    };
    combineTampers([counting]).text?.('', '', 'x');
    expect(counting.count).toBe(1);
  });
});

describe('stream tampers combined', () => {
  it('send nothing once one of them does not', () => {
    const { response, packet: change } = combineStreamTampers([
      { response: (_, text) => `${text}1`, packet: (_, each) => each },
      { response: () => null, packet: () => null },
      { response: (_, text) => `${text}3`, packet: () => packet },
    ]);
    expect([response?.('PLAY', ''), change?.('video', packet)]).toEqual([null, null]);
  });

  it('chain the rest', () => {
    const both = combineStreamTampers([
      { response: (_, text) => `${text}1`, admits: () => true, playsOn: true },
      { response: (_, text) => `${text}2`, admits: (_, isRight) => !isRight, playsOn: false },
    ]);
    expect([both.response?.('PLAY', ''), both.admits?.('PLAY', false, undefined), both.playsOn]).toEqual(['12', false, true]);
  });
});
