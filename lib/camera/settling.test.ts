import { describe, expect, it } from 'vitest';
import { Settling } from './settling.ts';

/** Something that shows a change so many ms after `begin`. */
function slow(ms: number) {
  const begin = performance.now();
  let readings = 0;
  return {
    begin,
    read: async () => {
      readings += 1;
      return performance.now() - begin >= ms;
    },
    readings: () => readings,
  };
}

const isShown = (reading: boolean): boolean => reading;

describe('a reading behind a change', () => {
  it('costs one request where the change shows at once', async () => {
    const [settling, camera] = [new Settling(1000), slow(0)];
    expect(await settling.until('getOsdConf', camera.begin, camera.read, isShown)).toBe(true);
    expect([camera.readings(), settling.slowestMs]).toEqual([1, 0]);
  });

  it('is waited for, and how long it took is known afterwards', async () => {
    const settling = new Settling(2000);
    const first = slow(300);
    expect(await settling.until('getOsdConf', first.begin, first.read, isShown)).toBe(true);
    expect(settling.slowestMs).toBeGreaterThan(150);
    expect(settling.slowestMs).toBeLessThan(400);
    const next = slow(300);
    expect(await settling.until('getOsdConf', next.begin, next.read, isShown)).toBe(true);
    expect(next.readings()).toBeLessThan(first.readings());
  });

  it('shows what was there when the time is over, and is waited for shortly when that was in vain again and again', async () => {
    const settling = new Settling(700);
    const took: number[] = [];
    for (let each = 0; each < 4; each += 1) {
      const camera = slow(60_000);
      expect(await settling.until('getOsdConf', camera.begin, camera.read, isShown)).toBe(false);
      took.push(performance.now() - camera.begin);
    }
    expect(Math.min(...took.slice(0, 3))).toBeGreaterThanOrEqual(700);
    expect(took[3]).toBeLessThan(700);
  });
});

describe('a reading that nothing is expected of', () => {
  it('comes at once on a camera that settles at once', async () => {
    const slept: number[] = [];
    const settling = new Settling(5000, async (ms) => slept.push(ms));
    const camera = slow(0);
    await settling.until('getOsdConf', camera.begin, camera.read, isShown);
    await settling.rest('getOsdConf', performance.now());
    await settling.rest('getVencConf', performance.now());
    expect(slept).toEqual([]);
  });

  it('waits as long as the same action was seen to take', async () => {
    const slept: number[] = [];
    const settling = new Settling(5000, async (ms) => {
      slept.push(ms);
      await new Promise((resolve) => setTimeout(resolve, ms));
    });
    const camera = slow(200);
    await settling.until('getOsdConf', camera.begin, camera.read, isShown);
    slept.length = 0;
    await settling.rest('getOsdConf', performance.now());
    expect(slept[0]).toBeGreaterThan(100);
    expect(slept[0]).toBeLessThan(500);
  });
});
