import { describe, expect, it } from 'vitest';
import type { CallListener } from '../../camera/camera.ts';
import { Settling } from '../../camera/settling.ts';
import { fail, Skipped } from '../../results/finding.ts';
import { RestartPatience } from './restart-patience.ts';

const LIMIT_MS = 250;

/** A camera of which a set was just answered. */
function changedBy(action: string): RestartPatience {
  const listeners: CallListener[] = [];
  const patience = new RestartPatience({ settling: new Settling(LIMIT_MS), onCall: (listener) => void listeners.push(listener) });
  for (const { after } of listeners) after?.(action, {}, {} as never);
  return patience;
}

/** Finds fault with the first looks. */
function lookThatFails(times: number): { readonly look: () => Promise<string>; readonly looks: () => number } {
  let looks = 0;
  return {
    looks: () => looks,
    look: async () => {
      looks += 1;
      return looks <= times ? fail('H265', 'H264') : 'H265';
    },
  };
}

describe('what speaks against a stream', () => {
  it('is looked at again while the change before it may still settle', async () => {
    const { look, looks } = lookThatFails(2);
    expect(await changedBy('setVencConf').settled(look)).toBe('H265');
    expect(looks()).toBe(3);
  });

  it('counts when that time is over, after one more look', async () => {
    const since = performance.now();
    await expect(changedBy('setRtspConf').settled(lookThatFails(1000).look)).rejects.toThrow('Received: H264');
    expect(performance.now() - since).toBeGreaterThanOrEqual(LIMIT_MS);
  });

  it('counts at once where nothing was changed that streams are made of', async () => {
    const { look, looks } = lookThatFails(1);
    await expect(changedBy('setOsdConf').settled(look)).rejects.toThrow('Received: H264');
    expect(looks()).toBe(1);
  });

  it('is a look that is not good, too; the last one is returned', async () => {
    let looks = 0;
    expect(
      await changedBy('setAencConf').settled(
        async () => ++looks,
        (seen) => seen > 2,
      ),
    ).toBe(3);
    expect(
      await changedBy('setAencConf').settled(
        async () => 'never',
        () => false,
      ),
    ).toBe('never');
  });

  it('is no reason to look again where nothing could be judged', async () => {
    let looks = 0;
    const look = async (): Promise<never> => {
      looks += 1;
      throw new Skipped('blocked', 'no packets');
    };
    await expect(changedBy('setVencConf').settled(look)).rejects.toThrow('no packets');
    expect(looks).toBe(1);
  });
});
