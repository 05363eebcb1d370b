import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../document/index.ts';
import { createTables } from './model.ts';
import { createStore } from './store.ts';
import { createManualTime, createTime } from './time.ts';

describe('time that is turned by hand', () => {
  it('does what is due in its order, what that adds included, and nothing that was called off', () => {
    const time = createManualTime();
    const done: string[] = [];
    time.after(30, () => done.push(`last at ${time.now()}`));
    time.after(10, () => {
      done.push(`first at ${time.now()}`);
      time.after(10, () => done.push(`second at ${time.now()}`));
    });
    time.after(5, () => done.push('never'))();
    time.pass(25);
    expect([done, time.now()]).toEqual([['first at 10', 'second at 20'], 25]);
    time.pass(5);
    expect(done.at(-1)).toBe('last at 30');
  });
});

describe('time with a pace', () => {
  it('lets so many seconds pass in one', async () => {
    const time = createTime(1000);
    const begin = time.now();
    await new Promise<void>((resolve) => time.after(5000, resolve));
    expect(time.now() - begin).toBeGreaterThan(4000);
  });
});

describe('a store that is looked at later', () => {
  const time = createManualTime();
  const store = createStore(createTables(SECTIONS, 'full'), time.now);
  const late = store.lagging(1000);
  const both = (action: string, name: string, instance = 0): unknown[] => [store.values(action, instance)[name], late.values(action, instance)[name]];

  it('shows each change when its time has come, those in between, too', () => {
    store.write('getOsdConf', 0, { font_size: 2 });
    time.pass(600);
    store.write('getOsdConf', 0, { font_size: 0 });
    expect(both('getOsdConf', 'font_size')).toEqual([0, 1]);
    time.pass(400);
    expect(both('getOsdConf', 'font_size')).toEqual([0, 2]);
    time.pass(600);
    expect(both('getOsdConf', 'font_size')).toEqual([0, 0]);
  });

  it('shows a reset as late as a set, and each instance by itself', () => {
    store.write('getVencConf', 1, { gop: 77 });
    time.pass(1000);
    expect(both('getVencConf', 'gop', 1)).toEqual([77, 77]);
    store.reset(() => false);
    expect(both('getVencConf', 'gop', 1)).toEqual([store.values('getVencConf', 0).gop, 77]);
    time.pass(1000);
    expect(both('getVencConf', 'gop', 1)[1]).not.toBe(77);
  });

  it('shows what is pinned at once: the port that it listens on', () => {
    store.pin('getWiredNetwork', 'webPort', 8081);
    expect(both('getWiredNetwork', 'webPort')).toEqual([8081, 8081]);
    expect(late.values('getSysConfig').webPort).toBe(store.values('getSysConfig').webPort);
  });
});
