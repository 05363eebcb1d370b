import { describe, expect, test } from 'vitest';
import type { OfferedParameter } from '../../camera/offered-parameters.ts';
import type { ActionTiming } from '../../camera/timings.ts';
import type { CheckResult, Results } from '../../results/results.ts';
import { sampleCheck, sampleResults, sampleWaiver } from '../../results/sample-results.fixture.ts';
import { type Comparison, compareRuns } from './comparison.ts';
import { formatComparison } from './format-comparison.ts';
import { THRESHOLDS } from './timing-changes.ts';

const FAILED = { verdict: 'fail', message: 'Documented  1\nReceived    2' } as const;
const WAIVED = { ...FAILED, waiver: sampleWaiver() } as const;
const skip = (skipReason: NonNullable<CheckResult['skipReason']>) => ({ verdict: 'skip', skipReason, message: 'why' }) as const;
const PASS = {} as const;
const WARN = { level: 'should', verdict: 'warn', message: 'Documented  1\nReceived    2' } as const;
const ERROR = { verdict: 'error', message: 'Could not judge' } as const;

type Change = Partial<CheckResult>;
type Side = { readonly checks?: readonly CheckResult[]; readonly changes?: Partial<Results> };
const good = ['a', 'b', 'c'].map((name) => sampleCheck({ id: `video/good/${name}` }));
const LATER = { startedAt: '2026-01-02T00:00:00.000Z' };
const compare = (before: Side, after: Side, thresholds = THRESHOLDS): Comparison =>
  compareRuns(
    { file: 'old.json', results: sampleResults([...good, ...(before.checks ?? [])], before.changes) },
    { file: 'new.json', results: sampleResults([...good, ...(after.checks ?? [])], { ...LATER, ...after.changes }) },
    thresholds,
  );
const step = (before: Change, after: Change): Comparison =>
  compare({ checks: [sampleCheck({ id: 'video/x', ...before })] }, { checks: [sampleCheck({ id: 'video/x', ...after })] });
const kindsOf = ({ checks }: Comparison): string[] =>
  Object.entries(checks).flatMap(([kind, changes]) => (Array.isArray(changes) && changes.length > 0 ? [kind] : []));

describe('checks', () => {
  test.each([
    [PASS, FAILED, 'newlyFailing', 1],
    [WARN, FAILED, 'newlyFailing', 1],
    [skip('not-offered'), FAILED, 'failingUnjudged', 0],
    [skip('not-allowed'), FAILED, 'failingUnjudged', 0],
    [ERROR, FAILED, 'failingUnjudged', 0],
    [PASS, WAIVED, 'newlyWaived', 0],
    [FAILED, WAIVED, 'other', 0],
    [WAIVED, FAILED, 'other', 0],
    [FAILED, PASS, 'fixed', 0],
    [WAIVED, PASS, 'fixed', 0],
    [PASS, skip('not-offered'), 'noLongerOffered', 0],
    [FAILED, skip('not-offered'), 'noLongerOffered', 0],
    [skip('blocked'), skip('not-offered'), 'other', 0],
    [skip('not-offered'), PASS, 'nowOffered', 0],
    [skip('not-offered'), WARN, 'nowOffered', 0],
    [PASS, WARN, 'newlyWarning', 0],
    [WARN, PASS, 'other', 0],
    [PASS, skip('not-allowed'), 'noLongerJudged', 0],
    [FAILED, skip('blocked'), 'noLongerJudged', 0],
    [WARN, skip('not-testable'), 'noLongerJudged', 0],
    [PASS, ERROR, 'noLongerJudged', 2],
    [skip('not-allowed'), skip('blocked'), 'other', 0],
    [skip('not-allowed'), PASS, 'other', 0],
  ] as const)('%j, then %j: %s', (before, after, kind, exitCode) => {
    const comparison = step(before, after);
    expect(kindsOf(comparison)).toEqual([kind]);
    expect(comparison.exitCode).toBe(exitCode);
  });

  test.each([PASS, FAILED, WAIVED, WARN, ERROR, skip('not-offered')])('%j twice is no change', (same) => {
    expect(kindsOf(step(same, { ...same, durationMs: 9, message: 'in other words' }))).toEqual([]);
  });

  test('a change tells what the new run says, and how to repeat it', () => {
    const reproduce = { command: 'npm run conformance -- --check video/x', request: null };
    const [change] = step(PASS, { ...FAILED, reproduce }).checks.newlyFailing;
    expect(change).toMatchObject({ id: 'video/x', before: 'pass', after: 'fail', message: FAILED.message, command: reproduce.command });
  });

  test('one that fails and that the old suite did not have is told from others that are new', () => {
    const x = sampleCheck({ id: 'video/x' });
    const comparison = compare({ checks: [x] }, { checks: [{ ...x, ...FAILED, id: 'video/y' }] });
    expect({ kinds: kindsOf(comparison), exitCode: comparison.exitCode }).toEqual({ kinds: ['failingAdded', 'gone'], exitCode: 0 });
    expect(formatComparison(comparison)).toContain('\nNothing that passed fails now, but 1 check fails that the old suite did not have.\n');
    expect(formatComparison(comparison)).toMatch(/^Fails now, the old suite did not have it: 1\n {2}video\/y .*\n {4}Documented {2}1$/m);
  });

  test('checks that only one suite has are told from those that a run did not select', () => {
    const [video, osd] = [sampleCheck({ id: 'video/new' }), sampleCheck({ id: 'osd/new', section: '24.1' })];
    const both = { checks: [video, osd], changes: { sections: ['21', '24'] } };
    const here = compare({}, both);
    expect({ added: here.checks.added.map(({ id }) => id), notSelected: here.checks.notSelected }).toEqual({ added: ['video/new'], notSelected: 1 });
    const there = compare(both, {});
    expect({ gone: there.checks.gone.map(({ id }) => id), notSelected: there.checks.notSelected }).toEqual({ gone: ['video/new'], notSelected: 1 });
    expect(there.caveats).toContain('1 check is in one run only, because the other did not select it.');
    const single = compare(both, { changes: { selection: ['video/good/a'] } });
    expect({ gone: single.checks.gone, notSelected: single.checks.notSelected }).toEqual({ gone: [], notSelected: 2 });
  });
});

describe('the exit code', () => {
  test('is 2 where nothing was judged in both runs', () => {
    const none = sampleResults([]);
    const fault = 'Could not reach it.';
    const comparison = compareRuns({ file: 'a', results: sampleResults(good) }, { file: 'b', results: { ...none, ...LATER, fault } });
    expect(comparison).toMatchObject({ exitCode: 2, fault: `No check was judged in both runs. The new one: ${fault}` });
  });

  test('is 2 where the new run broke off, unless something fails in what it did', () => {
    const changes = { fault: 'The camera stopped answering.' };
    expect(compare({}, { changes })).toMatchObject({ exitCode: 2, fault: expect.stringContaining('The camera stopped answering.') });
    const x = sampleCheck({ id: 'video/x' });
    expect(compare({ checks: [x] }, { checks: [{ ...x, ...FAILED }], changes }).exitCode).toBe(1);
    const { exitCode, caveats } = compare({ changes }, {});
    expect({ exitCode, caveats }).toMatchObject({
      exitCode: 0,
      caveats: expect.arrayContaining([`The old run was not completed: ${changes.fault}`]),
    });
  });

  const several = (count: number, changes: Change): readonly CheckResult[] =>
    Array.from({ length: count }, (_, index) => sampleCheck({ id: `video/${index}`, ...changes }));

  test.each([
    [skip('not-allowed'), 3, 9, 0],
    [skip('not-allowed'), 4, 9, 2],
    [skip('not-offered'), 4, 9, 2],
    [null, 4, 9, 2],
  ] as const)('where what was judged is %j now, %d of %d: %d', (changes, count, all, exitCode) => {
    const [lost, kept] = [several(all, PASS).slice(0, count), several(all, PASS).slice(count)];
    const left = changes === null ? [] : lost.map((check) => ({ ...check, ...changes }));
    const comparison = compare({ checks: [...lost, ...kept] }, { checks: [...left, ...kept] });
    expect(comparison.exitCode).toBe(exitCode);
    const reason = changes === null ? 'not in the new suite' : changes.skipReason;
    expect(comparison.caveats).toContain(`${count} of 12 checks judged before are not judged now: ${count} ${reason}.`);
    if (exitCode === 2)
      expect(comparison.fault).toBe(
        'Of 12 checks that were judged before only 8 are judged now, so that it cannot be told whether what passed still does.',
      );
  });

  test('is of what both runs selected: a run of one check proves that one', () => {
    const before = { checks: several(9, PASS) };
    expect(compare(before, { changes: { selection: ['video/good/*'] } })).toMatchObject({ exitCode: 0, fault: null });
  });

  test('is 2 for one run given twice, and not for two runs that are alike', () => {
    const run = { file: 'a', results: sampleResults(good) };
    const fault = 'Both files are of one run, which began at 2026-01-01T00:00:00.000Z: give the results of two.';
    expect(compareRuns(run, { ...run, file: 'b' })).toMatchObject({ exitCode: 2, fault });
    expect(compareRuns(run, { ...run, results: { ...run.results, ...LATER } })).toMatchObject({ exitCode: 0, fault: null });
  });
});

describe('what makes runs less comparable', () => {
  test('is said first', () => {
    const { caveats } = compare(
      { changes: { profile: 'strict', allowed: [], startedAt: '2026-02-01T00:00:00.000Z' } },
      { changes: { camera: { url: null, deviceId: 'RG11', mac: null, version: '2.0', model: null } } },
    );
    expect(caveats).toEqual([
      'These are different cameras: RG10, 00:11:22:33:44:55 before, RG11 now.',
      'The profiles differ: strict before, default now.',
      'The hazards that were allowed differ: none before, ptz now.',
      'The old run is the later one: were the files given the wrong way round?',
      'Nothing is said of parameters: results of earlier versions of the suite do not list them.',
      'Nothing is said of times: results of earlier versions of the suite do not hold them.',
    ]);
  });

  test('another address of the same camera does not, and another firmware is what it is about', () => {
    const parameters = [parameter()];
    const timings = [timing()];
    const camera = { url: 'http://10.0.0.9', deviceId: 'RG10', mac: '00:11:22:33:44:55', version: '2.0', model: null };
    expect(compare({ changes: { parameters, timings } }, { changes: { camera, parameters, timings } }).caveats).toEqual([]);
  });
});

const parameter = (changes: Partial<OfferedParameter> = {}): OfferedParameter => ({
  section: '21.1',
  action: 'getVencConf',
  instance: '',
  name: 'gop',
  documented: true,
  type: 'number',
  value: '50',
  range: null,
  ...changes,
});

describe('parameters', () => {
  const changesOf = (before: readonly OfferedParameter[], after: readonly OfferedParameter[], changes: Partial<Results> = {}) =>
    compare({ changes: { parameters: [...before], ...changes } }, { changes: { parameters: [...after], ...changes } }).parameters;
  const one = parameter();

  test('appear and disappear, where both runs looked', () => {
    const hdr = parameter({ name: 'hdr' });
    expect(changesOf([one], [one, hdr]).appeared).toMatchObject([{ parameter: { name: 'hdr' }, before: null, after: '50' }]);
    expect(changesOf([one, hdr], [one]).disappeared).toMatchObject([{ parameter: { name: 'hdr' }, before: '50', after: null }]);
    const osd = parameter({ section: '24.1', action: 'getOsdConf', name: 'font_size' });
    expect(changesOf([one], [one, osd]).appeared).toEqual([]);
    expect(changesOf([one], [one, osd], { sections: ['21', '24'] }).appeared).toHaveLength(1);
    expect(changesOf([one, osd], [one], { sections: ['21', '24'] }).disappeared).toHaveLength(1);
    expect(changesOf([one, osd], [one], { sections: ['21', '24'], fault: 'It broke off.' }).disappeared).toEqual([]);
  });

  test('of one instance are not those of another', () => {
    const third = parameter({ instance: 'third', value: '25' });
    const { appeared, values } = changesOf([one], [one, third]);
    expect(values).toEqual([]);
    expect(appeared).toMatchObject([{ parameter: { instance: 'third' } }]);
  });

  test.each([
    [{}, [], [], []],
    [{ type: 'text' }, [['number', 'text']], [], []],
    [{ range: 'at most 60' }, [], [[null, 'at most 60']], []],
    [{ value: '25' }, [], [], [['50', '25']]],
    [{ range: 'at most 20', value: '20' }, [], [[null, 'at most 20']], [['50', '20']]],
    [{ type: 'text', range: 'x', value: 'y' }, [['number', 'text']], [[null, 'x']], [['50', 'y']]],
  ] as const)('change as %j: each of type, range and value by itself', (changes, ...expected) => {
    const { types, ranges, values, compared } = changesOf([one], [parameter(changes)]);
    expect([types, ranges, values].map((kind) => kind.map(({ before, after }) => [before, after]))).toEqual(expected);
    expect(compared).toBe(1);
  });
});

function timing(changes: Partial<ActionTiming> = {}): ActionTiming {
  return { action: 'getOsdConf', requests: 20, medianMs: 100, p95Ms: 200, ...changes };
}

describe('times', () => {
  const changesOf = (before: ActionTiming, after: ActionTiming, thresholds = THRESHOLDS) =>
    compare({ changes: { timings: [before] } }, { changes: { timings: [after] } }, thresholds).timings;

  test.each([
    [{ medianMs: 149 }, []],
    [{ medianMs: 150 }, ['median']],
    [{ p95Ms: 300 }, ['p95']],
    [{ medianMs: 900, p95Ms: 900 }, ['median', 'p95']],
    [{ medianMs: 900, p95Ms: 900, requests: 19 }, ['median']],
    [{ medianMs: 900, requests: 4 }, []],
    [{ action: 'getAencConf', medianMs: 900 }, []],
  ] as const)('of %j are slower by %j', (changes, by) => {
    const { slower, faster } = changesOf(timing(), timing(changes));
    expect(slower.flatMap((change) => change.by)).toEqual(by);
    expect(faster).toEqual([]);
  });

  test('of a quick camera are no slower for a few milliseconds', () => {
    expect(changesOf(timing({ medianMs: 1, p95Ms: 2 }), timing({ medianMs: 40, p95Ms: 50 })).slower).toEqual([]);
    expect(changesOf(timing({ medianMs: 1 }), timing({ medianMs: 40 }), { ...THRESHOLDS, leastMs: 10 }).slower).toHaveLength(1);
  });

  test('are faster the other way round', () => {
    const { slower, faster } = changesOf(timing({ medianMs: 900 }), timing());
    expect({ slower: slower.length, faster: faster.map(({ by }) => by) }).toEqual({ slower: 0, faster: [['median']] });
  });
});

describe('formatComparison', () => {
  test('says what changed, the worst first, and what it comes to', () => {
    const checks = (verdict: Change): readonly CheckResult[] =>
      Array.from({ length: 23 }, (_, index) => sampleCheck({ id: `video/${index}`, ...verdict }));
    const lines = formatComparison(
      compare(
        {
          checks: checks(PASS),
          changes: {
            parameters: [parameter(), parameter({ instance: 'third' }), parameter({ instance: 'third', name: 'rate' })],
            timings: [timing()],
          },
        },
        {
          checks: checks(FAILED),
          changes: {
            parameters: [parameter({ value: '' }), parameter({ name: 'hdr', documented: false })],
            timings: [timing({ medianMs: 900 })],
            sections: ['21'],
          },
        },
      ),
    ).split('\n');
    for (const line of [
      'Before   old.json: RG10, firmware 1.0, 2026-01-01T00:00:00.000Z, conformant',
      'Note     Both runs are of firmware 1.0.',
      'Passed before, fails now: 23',
      '  video/0   21.2   pass → fail   refuses or clamps a value above its range',
      '    Received    2',
      '  … and 3 more; --json and --html have all of them',
      'Parameters that disappeared: 2',
      '  getVencConf, third   gop, rate',
      '  getVencConf   hdr (not in the document)',
      '  getVencConf   gop   50 → ""',
      'Slower (at least 1.5 times and 50 ms, over 5 requests or more): 1',
      '  getOsdConf   median 100 → 900 ms, p95 200 → 200 ms; 20 and 20 requests',
      '23 checks that passed fail now.',
    ])
      expect(lines).toContain(line);
    expect(lines.at(-1)).toBe('Exit code 1: something that passed fails now.');
  });

  test('says that nothing changed, and that something is gone', () => {
    expect(formatComparison(compare({}, {}))).toContain('\nNothing that passed fails now.\n');
    expect(formatComparison(step(PASS, skip('not-offered')))).toContain(
      '\nNothing that passed fails now, but 1 check is of what the camera does not offer any more.\n',
    );
    const [one, other] = [sampleCheck({ id: 'video/x' }), sampleCheck({ id: 'video/y', ...skip('not-allowed') })];
    expect(
      formatComparison(
        compare(
          { checks: [one, other] },
          {
            checks: [
              { ...one, ...skip('blocked') },
              { ...other, ...FAILED },
            ],
          },
        ),
      ),
    ).toContain('\nNothing that passed fails now, but 1 check that was judged is not judged now and 1 check fails that was not judged before.\n');
  });

  test('lets nothing of a camera reach the terminal as it came', () => {
    const nasty = `x\u001b[2J\u0007\r\n\u009b31m\u202e${'y'.repeat(5000)}`;
    const camera = { url: nasty, deviceId: nasty, mac: nasty, version: nasty, model: nasty };
    const text = formatComparison(
      compare(
        { checks: [sampleCheck({ id: 'video/x' })], changes: { parameters: [parameter({ value: '1' }), parameter({ name: 'a', range: 'b' })] } },
        {
          checks: [sampleCheck({ id: 'video/x', ...FAILED, title: nasty, message: nasty })],
          changes: {
            camera,
            fault: nasty,
            parameters: [parameter({ value: nasty }), parameter({ name: 'a', range: nasty }), parameter({ name: nasty })],
          },
        },
      ),
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text.length).toBeLessThan(6000);
  });
});
