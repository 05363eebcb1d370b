/** Progress as a terminal, a pipe and a person see it. */
import { describe, expect, test } from 'vitest';
import { Forecast } from './forecast.ts';
import { formatLeft, formatSectionDone, formatStatus, type Progress } from './progress.ts';
import { RunProgress } from './run-progress.ts';
import { isColourWanted, Screen } from './screen.ts';

const PROGRESS: Progress = {
  section: '11 Basic Network Information',
  check: 'basic-network-information/webPort/round-trip',
  done: 1254,
  total: 3878,
  isTotalKnown: false,
  failed: 2,
  requests: 6210,
  leftMs: 180_000,
};
const FIGURES = '1254 of about 3878 checks, 2 failed, 6210 requests, about 3 min left';

describe('the status', () => {
  test('says as much as fits, the figures first', () => {
    expect(formatStatus(PROGRESS, 160)).toBe(`${FIGURES} · 11 Basic Network Information · basic-network-information/webPort/round-trip`);
    expect(formatStatus(PROGRESS, 119)).toBe(`${FIGURES} · 11 Basic Network Information`);
    expect(formatStatus(PROGRESS, 79)).toBe(`${FIGURES} · 11 Basi…`);
    expect(formatStatus(PROGRESS, 40)).toBe(`${FIGURES.slice(0, 39)}…`);
    for (let width = 1; width < 200; width += 1) expect(formatStatus(PROGRESS, width).length).toBeLessThanOrEqual(width);
  });

  test('knows when the total is known, and leaves out what there is nothing to say about', () => {
    const done = { ...PROGRESS, isTotalKnown: true, done: 1, total: 1, failed: 0, requests: 1, check: null };
    expect(formatStatus(done, 160)).toBe('1 of 1 check, 1 request · 11 Basic Network Information');
  });

  test('of a section that is over is a line of its own', () => {
    expect(formatSectionDone({ checks: 73, failed: 1 }, PROGRESS)).toBe(`11 Basic Network Information: 73 checks, 1 failed; so far ${FIGURES}`);
  });

  test.each([
    [0, 'a few seconds left'],
    [12_000, 'about 20 s left'],
    [90_000, 'about 90 s left'],
    [100_000, 'about 2 min left'],
    [59 * 60_000, 'about 59 min left'],
    [62 * 60_000, 'about 1 h left'],
    [84 * 60_000, 'about 1 h 20 min left'],
  ])('%d ms are %s', (ms, text) => {
    expect(formatLeft(ms)).toBe(text);
  });
});

describe('the forecast', () => {
  const earlier = (section: string, ...durations: number[]) =>
    durations.map((durationMs, index) => ({ id: `${section}/${index}`, section, durationMs }));

  test('goes by the number of checks where nothing else is known', () => {
    const forecast = new Forecast({
      sections: ['1', '2'],
      expected: new Map([
        ['1', 9],
        ['2', 20],
      ]),
      earlier: [],
    });
    expect(forecast.total).toBe(29);
    forecast.collected('1', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']);
    expect(forecast.total).toBe(30);
    expect(forecast.isTotalKnown).toBe(false);
    expect(forecast.leftMs(5000)).toBeNull();
    for (const id of ['a', 'b', 'c']) forecast.ended(id);
    expect(forecast.leftMs(1000)).toBeNull();
    expect(forecast.leftMs(6000)).toBeCloseTo(54_000);
  });

  test('goes by what an earlier run took, and by how fast this one is', () => {
    const forecast = new Forecast({ sections: ['1', '2'], expected: new Map(), earlier: [...earlier('1', 100, 900), ...earlier('2', 9000)] });
    forecast.collected('1', ['1/0', '1/1']);
    forecast.ended('1/0');
    // Twenty times as slow.
    expect(forecast.leftMs(2000)).toBeCloseTo(198_000);
    forecast.ended('1/1');
    forecast.collected('2', ['2/0']);
    expect(forecast.isTotalKnown).toBe(true);
    forecast.ended('2/0');
    expect(forecast.leftMs(20_000)).toBe(0);
  });
});

const terminal = (environment: Record<string, string> = {}, columns = 80) => {
  let text = '';
  const output = {
    isTTY: true,
    columns,
    write: (more: string) => {
      text += more;
    },
  };
  return { screen: new Screen(output, environment), written: () => text };
};

describe('the screen', () => {
  test('rewrites its status in place and keeps what is said', () => {
    const { screen, written } = terminal();
    screen.show('one');
    screen.show('one');
    screen.show('two');
    screen.say('a line');
    screen.clear();
    screen.clear();
    expect(written()).toBe('one\r\u001b[2Ktwo\r\u001b[2Ka line\ntwo\r\u001b[2K');
  });

  test.each([
    ['a pipe', { isTTY: false }, {}],
    ['a terminal of a CI server', { isTTY: true }, { CI: 'true' }],
    ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }],
  ])('has no status on %s', (_, kind, environment) => {
    const written: string[] = [];
    const screen = new Screen({ ...kind, write: (text) => written.push(text) }, environment);
    screen.show('status');
    screen.say('line');
    screen.clear();
    expect(written).toEqual(['line\n']);
  });

  test('knows its width from the terminal, else from COLUMNS, else not', () => {
    expect(terminal({ COLUMNS: '200' }, 120).screen.width).toBe(120);
    expect(terminal({ COLUMNS: '200' }, 0).screen.width).toBe(200);
    expect(terminal({ COLUMNS: 'wide' }, 0).screen.width).toBeNull();
  });

  test.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ TERM: 'dumb' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '3', NO_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '' }, true, true],
  ])('colour for %j, terminal %s: %s', (environment, isTerminal, expected) => {
    expect(isColourWanted(environment, isTerminal)).toBe(expected);
  });
});

describe('a run', () => {
  const TITLES = new Map([['21', 'Video']]);
  const play = (screen: Screen): void => {
    let now = 0;
    const progress = new RunProgress(screen, TITLES, { sections: ['21'], expected: new Map([['21', 3]]), earlier: [] }, () => now);
    progress.start();
    now = 50_000;
    progress.collected('21', ['a\u001b[2J', 'b']);
    progress.began('too early to be shown');
    now += 100;
    progress.began('a\u001b[2J');
    now += 3000;
    progress.ended('a\u001b[2J', true, 12);
    progress.sectionEnded('21', 2, 1);
    progress.end();
  };

  test('is followed on a terminal', () => {
    const { screen, written } = terminal({}, 120);
    play(screen);
    const states = written().split('\r\u001b[2K');
    expect(states[0]).toBe('0 of about 3 checks, 0 requests');
    expect(states.slice(1, 3)).toEqual(['0 of 2 checks, 0 requests · 21 Video', '0 of 2 checks, 0 requests · 21 Video · a\\x1B[2J']);
    expect(states).toContain('1 of 2 checks, 1 failed, 12 requests, a few seconds left · 21 Video · a\\x1B[2J');
    expect(states.at(-1)).toBe('');
    expect(written()).not.toContain('\n');
    expect(written()).not.toContain('early');
  });

  test('leaves a line for each section elsewhere', () => {
    const written: string[] = [];
    play(new Screen({ write: (text) => written.push(text) }, {}));
    expect(written).toEqual(['21 Video: 2 checks, 1 failed; so far 1 of 2 checks, 1 failed, 12 requests, a few seconds left\n']);
  });
});
