import { describe, expect, test } from 'vitest';
import { bySection, type CheckResult, messageOf, parseResults, summarise } from './results.ts';
import { sampleCheck, sampleExchange, sampleResults, sampleWaiver } from './sample-results.fixture.ts';

test('summarise counts each verdict once', () => {
  const verdicts = ['pass', 'fail', 'warn', 'skip', 'error', 'pass', 'skip', 'skip'] as const;
  expect(summarise(verdicts.map((verdict) => ({ verdict })))).toEqual({ passed: 2, failed: 1, warned: 1, skipped: 3, errors: 1, waived: 0 });
});

test('summarise counts a waived failure as waived, and as nothing else', () => {
  const checks = [sampleCheck(), sampleCheck({ verdict: 'fail' }), sampleCheck({ verdict: 'fail', waiver: sampleWaiver() })];
  expect(summarise(checks)).toEqual({ passed: 1, failed: 1, warned: 0, skipped: 0, errors: 0, waived: 1 });
});

test('messageOf gives two aligned lines for each finding', () => {
  expect(
    messageOf([
      { documented: 'code 0', received: 'code 5' },
      { documented: '1 to 3', received: '4' },
    ]),
  ).toBe('Documented  code 0\nReceived    code 5\nDocumented  1 to 3\nReceived    4');
});

test('bySection sorts sections as numbers and keeps the order of checks', () => {
  const checks = ['21.2', '5.1', '10', '21.1'].map((section) => sampleCheck({ section }));
  expect([...bySection(checks)].map(([number, group]) => [number, group.map(({ section }) => section)])).toEqual([
    ['5', ['5.1']],
    ['10', ['10']],
    ['21', ['21.2', '21.1']],
  ]);
});

describe('parseResults', () => {
  const results = sampleResults([
    sampleCheck(),
    sampleCheck({ verdict: 'fail', findings: [{ documented: 'a', received: 'b', about: { instance: { channel: 1 } } }], exchange: sampleExchange() }),
  ]);

  test('reads what was written', () => {
    expect(parseResults(JSON.stringify(results), 'results.json')).toEqual(results);
  });

  test('reads the findings out of the messages of earlier versions, also over several lines, with the errata that they name', () => {
    const findings = [
      { documented: 'one (strict profile; erratum time-envelope, area-y-fraction)\ntwo', received: 'three\n  four' },
      { documented: '', received: '' },
    ];
    const read = (changes: Partial<CheckResult>) => {
      const [{ findings: _, ...check } = sampleCheck()] = [sampleCheck({ findings, ...changes })];
      return parseResults(JSON.stringify({ ...results, checks: [check] }), 'results.json').checks[0]?.findings;
    };
    expect(read({ verdict: 'warn' })).toEqual([{ ...findings[0], about: { errata: ['time-envelope', 'area-y-fraction'] } }, findings[1]]);
    expect(read({ verdict: 'fail', message: 'boom' })).toEqual([]);
    expect(read({ verdict: 'error' })).toEqual([]);
  });

  test('tells by its URL over what an exchange of earlier versions went', () => {
    const shared = { url: 'rtsp://c:8554/stream_0', startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, failure: null, deviations: [] };
    const reply = { statusLine: 'RTSP/1.0 200 OK', status: 200, headers: [], text: 'RTSP/1.0 200 OK\r\n\r\n', bytes: 19 };
    const rtsp = { method: 'PLAY', json: null, attempts: 1, ...shared, reply };
    const { kind: _, ...http } = sampleExchange();
    const read = (exchange: object) => {
      const step = { kind: 'session', times: 1, facts: null, original: null, shows: true, exchanges: [rtsp] };
      const [check] = parseResults(JSON.stringify({ ...results, checks: [{ ...sampleCheck(), exchange, steps: [step] }] }), 'results.json').checks;
      return [check?.exchange, check?.steps?.[0]?.exchanges[0]];
    };
    const { headers: __, ...response } = reply;
    const expected = { kind: 'rtsp', method: 'PLAY', remote: 'c:8554', request: 'PLAY rtsp://c:8554/stream_0 RTSP/1.0', ...shared, reply: response };
    expect(read(rtsp)).toEqual([expected, expected]);
    expect(read(http)[0]).toEqual(sampleExchange());
  });

  test('reads what earlier versions wrote', () => {
    const { waivers, wear, parameters, timings, summary, ...earlier } = sampleResults([sampleCheck()]);
    const { waived, ...five } = summary;
    const read = parseResults(JSON.stringify({ ...earlier, summary: five }), 'results.json');
    expect(read).toEqual({ ...earlier, summary: { ...five, waived }, waivers, wear, parameters, timings });
  });

  test.each([
    ['{', /Could not read r\.json: it is no JSON/],
    ['[]', /Could not read r\.json: the whole is not/],
    [JSON.stringify({ ...results, schemaVersion: 2 }), /schemaVersion is not as schema version 1 has it/],
    [JSON.stringify({ ...results, exitCode: 4 }), /exitCode is not/],
    [JSON.stringify({ ...results, checks: [sampleCheck(), { ...sampleCheck(), verdict: 'passed' }] }), /checks\.1\.verdict is not/],
  ])('refuses %.30s', (json, message) => {
    expect(() => parseResults(json, 'r.json')).toThrow(message);
  });
});
