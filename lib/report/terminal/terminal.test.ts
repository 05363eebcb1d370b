import { describe, expect, test } from 'vitest';
import { sampleCheck, sampleExchange, sampleResults, sampleWaiver } from '../../results/sample-results.fixture.ts';
import { reproduce } from '../repeat/reproduce.ts';
import { formatTable } from './terminal.ts';

const OPTIONS = {
  titles: new Map([['21', 'Video']]),
  width: 80,
  colour: false,
  reportsDir: 'reports',
  reports: ['reports/statement.html'],
  restore: 'npm run restore -- --url http://c/',
  preparation: 0,
  earlierRun: null,
};
const failed = sampleCheck({
  verdict: 'fail',
  message: 'Documented  a non-zero code and the old value, or code 0 and a value inside the range\nReceived    code 0; bitrate then reads 99999999',
  exchange: sampleExchange(),
});
const linesOf = (...parameters: Parameters<typeof sampleResults>): string[] => formatTable(sampleResults(...parameters), OPTIONS).split('\n');

describe('formatTable', () => {
  test('has a line per section, and the totals', () => {
    const checks = [
      sampleCheck(),
      sampleCheck(),
      failed,
      sampleCheck({ verdict: 'warn' }),
      sampleCheck({ section: '5.1', verdict: 'skip', skipReason: 'not-offered' }),
      sampleCheck({ section: '5.1', verdict: 'error', message: 'Could not read' }),
    ];
    expect(linesOf(checks).slice(0, 4)).toEqual([
      '    section                           passed   failed   warned  skipped   errors',
      ' 5                                         0        0        0        1        1',
      '21  Video                                  2        1        1        0        0',
      '    total                                  2        1        1        1        1',
    ]);
  });

  test('shows a failed check as what was sent, what is documented, and what was received', () => {
    const text = linesOf([failed], { exitCode: 1 }).join('\n');
    expect(text).toContain(
      [
        'Failed',
        '',
        'video/bitrate/above-range   21.2   must   refuses or clamps a value above its range',
        '  Sent        setVencConf {"channel":0,"bitrate":99999999}',
        '  Documented  a non-zero code and the old value, or code 0 and a value inside the range',
        '  Received    code 0; bitrate then reads 99999999',
        '  Repeat      npm run conformance -- --check video/bitrate/above-range',
        `  By hand     ${reproduce(failed).request}`,
        '',
      ].join('\n'),
    );
  });

  test('shows a warning as it shows a failure, behind them, and counts it where the run is judged and at the end', () => {
    const warned = sampleCheck({
      id: 'video/bitrate/in-stream',
      level: 'should',
      verdict: 'warn',
      message: 'Documented  about 4000\nReceived    1026',
    });
    const lines = linesOf([sampleCheck(), warned]);
    const at = lines.indexOf('Warnings: recommended, not required');
    expect(lines.slice(at + 2, at + 6)).toEqual([
      'video/bitrate/in-stream   21.2   should   refuses or clamps a value above its range',
      '  Documented  about 4000',
      '  Received    1026',
      '  Repeat      npm run conformance -- --check video/bitrate/in-stream',
    ]);
    const judged = lines.indexOf('Conformant: 1 required check passed, none failed.');
    expect(lines[judged + 1]).toBe('1 warning: video/bitrate/in-stream.');
    expect(lines).toContain('  Repeat the first warning');
    expect(lines.at(-1)).toMatch(/^Exit code 0: .* 1 warning\.$/);
    const failedToo = linesOf([warned, failed], { exitCode: 1 });
    expect(failedToo.indexOf('Failed')).toBeLessThan(failedToo.indexOf('Warnings: recommended, not required'));
  });

  test('shows the first of many warnings, and where the others are', () => {
    const lines = linesOf([sampleCheck(), ...Array.from({ length: 12 }, (_, index) => sampleCheck({ id: `x/${index}`, verdict: 'warn' }))]);
    expect(lines.filter((line) => /^x\/\d+ /.test(line))).toHaveLength(10);
    expect(lines).toContain('… and 2 more, all of them in statement.html and results.json');
    expect(lines).toContain('12 warnings: x/0, x/1, x/2, and 9 more.');
  });

  test('says of a selection what else ran, and that the reports of the wider run before were kept', () => {
    const earlierRun = { folder: 'reports/earlier-run', startedAt: '2026-01-01T10:12:58.000Z' };
    const lines = formatTable(sampleResults([sampleCheck()], { selection: ['video/bitrate/*'] }), { ...OPTIONS, preparation: 2, earlierRun }).split(
      '\n',
    );
    expect(lines).toContain('Selected video/bitrate/*; 2 other checks ran first, as preparation');
    expect(lines).toContain('Conformant in what was selected: 1 required check passed, none failed.');
    const at = lines.indexOf('  These reports hold what was selected alone; those of the run of 2026-01-01 10:12 UTC were kept');
    expect(lines[at + 1]).toBe('    reports/earlier-run/statement.html');
  });

  test('tells what happened beside the checks, the first few of it', () => {
    const told = linesOf([sampleCheck()], { notices: Array.from({ length: 10 }, (_, index) => `notice ${index}\u001b[2J`) }).filter((line) =>
      line.startsWith('Notice'),
    );
    expect(told.slice(0, 1)).toEqual(['Notice   notice 0\\x1B[2J']);
    expect(told.slice(8)).toEqual(['Notice   2 more under "notices" in results.json']);
  });

  test('lists waived failures apart, and what is to be done about waivers', () => {
    const written = { ...sampleWaiver(), file: 'waivers.yaml', line: 7 };
    const sentence = 'waivers.yaml:7: no check is called x; correct the waiver, or remove it.';
    const lines = linesOf([sampleCheck(), { ...failed, waiver: sampleWaiver() }], {
      waivers: [
        { ...written, state: 'applied', covers: [failed.id], sentence: null },
        { ...written, state: 'unmatched', covers: [], sentence },
      ],
    });
    expect(lines.slice(0, 3)).toEqual([
      '    section                  passed   failed   warned  skipped   errors   waived',
      '21  Video                         1        0        0        0        0        1',
      '    total                         1        0        0        0        0        1',
    ]);
    const at = lines.indexOf('Waivers');
    expect(lines.slice(at + 1, at + 4)).toEqual(['video/bitrate/above-range   waived until 2026-12-31 by jane, FW-12: mended in 2.1', sentence, '']);
    expect(lines).not.toContain('Failed');
    expect(lines).toContain('Conformant: 1 required check passed, none failed but 1 that is waived.');
  });

  test('names the path when there is no action, and the attempts when there were several', () => {
    const exchange = sampleExchange({ url: 'http://192.168.1.89/snapshot.cgi?chn=0&pwd=***', json: null, attempts: 3 });
    expect(linesOf([sampleCheck({ verdict: 'fail', action: null, message: 'Documented  a JPEG', exchange })], {})).toContain(
      '  Sent        /snapshot.cgi (3 attempts)',
    );
  });

  test('shows 20 failures and counts the others', () => {
    const lines = linesOf(Array.from({ length: 23 }, (_, index) => sampleCheck({ ...failed, id: `x/${index}` })));
    expect(lines.filter((line) => line.startsWith('x/'))).toHaveLength(20);
    expect(lines).toContain('… and 3 more, all of them in statement.html and results.json');
  });

  test('says how the run went', () => {
    const skip = (skipReason: 'not-offered' | 'not-allowed') => sampleCheck({ verdict: 'skip', skipReason });
    const lines = linesOf([sampleCheck(), skip('not-offered'), skip('not-allowed'), skip('not-allowed')], { errata: ['wifi-ssid-spelling'] });
    for (const line of [
      'Camera   http://192.168.1.89, device RG10, 00:11:22:33:44:55, 1.0',
      'Restore  the settings of the camera are as they were',
      'Errata   1 met, where the document contradicts itself; listed under "errata" in results.json',
      'Skipped  1 not-offered: the camera does not have the action or the parameter',
      'Skipped  2 not-allowed: they take a hazard that CAMERA_ALLOW does not name',
      'Traffic  640 requests, 2 retried, 9.9 s waiting for the camera',
      'Time     12.3 s',
      'Files    reports',
    ]) {
      expect(lines).toContain(line);
    }
  });

  test.each([
    [[sampleCheck()], { exitCode: 0 }, ['Conformant: 1 required check passed, none failed.']],
    [
      [sampleCheck(), failed],
      { exitCode: 1 },
      [
        'Not conformant: 1 of 2 judged required checks failed.',
        'What to do next',
        '  Repeat the first failure',
        '    npm run conformance -- --check video/bitrate/above-range',
        '  Read what was found',
        '    reports/statement.html',
      ],
    ],
    [[], { exitCode: 2, fault: 'Could not reach it.' }, ['Incomplete: Could not reach it.', '  Put that right, and run again']],
    [[], { exitCode: 2 }, ['Incomplete: the selection matches no check.']],
    [[sampleCheck({ verdict: 'skip' })], { exitCode: 2 }, ['Incomplete: no required check passed or failed.']],
    [
      [sampleCheck({ level: 'should', verdict: 'warn', message: 'Documented  A\nReceived    B' })],
      { exitCode: 2 },
      ['Incomplete: what was judged is recommended, not required: it proves nothing about conformance.'],
    ],
    [
      [sampleCheck({ verdict: 'skip', skipReason: 'blocked', message: 'getOsdConf is answered with the text "error user/pwd"' })],
      { exitCode: 2 },
      ['Incomplete: no required check passed or failed. The commonest reason, of 1 check: an action is answered with the text "error user/pwd".'],
    ],
    [
      [sampleCheck(), failed, { ...failed, waiver: sampleWaiver() }],
      { exitCode: 1 },
      ['Not conformant: 1 of 3 judged required checks failed, and 1 more that is waived.'],
    ],
    [
      [sampleCheck({ verdict: 'error', message: 'Could not parse' })],
      { exitCode: 2 },
      ['  Could not parse', 'Incomplete: 1 check could not be carried out, by a fault of the suite.'],
    ],
    [
      [sampleCheck()],
      { exitCode: 3, fault: 'The camera went away.', restore: { verdict: 'left-modified', differences: ['21.2 bitrate reads 1, was 2', 'b'] } },
      [
        'Restore  the camera could not be put back as it was: 2 differences',
        '         21.2 bitrate reads 1, was 2',
        '         b',
        'The camera could not be put back as it was. The camera went away.',
        '  Put the camera back, when it answers',
        '    npm run restore -- --url http://c/',
      ],
    ],
  ] as const)('verdict %#', (checks, changes, expected) => {
    const lines = linesOf([...checks], changes as Parameters<typeof sampleResults>[1]);
    for (const line of expected) expect(lines).toContain(line);
    expect(lines.at(-1)).toMatch(new RegExp(`^Exit code ${changes.exitCode}: `));
  });

  test('shows requests that are too long to copy nowhere but in results.json', () => {
    const url = `http://c/action/cgi_action?action=setSysConfig&json=${'y'.repeat(2000)}`;
    const lines = linesOf([{ ...failed, exchange: sampleExchange({ url }) }], { exitCode: 1 });
    expect(lines).toContain('  By hand     in statement.html, and under "reproduce" in results.json');
  });

  test('shows several lines by hand one below the other', () => {
    const reproduce = { command: 'npm run conformance', request: '# 1 reads\ncurl http://c/', dialogue: null };
    const lines = linesOf([{ ...failed, reproduce }], { exitCode: 1 });
    const at = lines.indexOf('  By hand     # 1 reads');
    expect(lines[at + 1]).toBe('              curl http://c/');
  });

  test('lets nothing of the camera reach the terminal as it came', () => {
    const nasty = 'x\u001b[2J\u0007\r\u009b31m\u202e';
    const exchange = sampleExchange({ json: nasty, url: nasty });
    const text = formatTable(
      sampleResults([sampleCheck({ verdict: 'fail', action: null, message: `Documented  ${nasty}`, title: nasty, exchange })], {
        camera: { url: nasty, deviceId: nasty, mac: nasty, version: nasty, model: nasty },
        restore: { verdict: 'left-modified', differences: [nasty] },
        fault: nasty,
        exitCode: 3,
      }),
      OPTIONS,
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text.match(/x\\x1B\[2J\\x07/g)?.length).toBeGreaterThanOrEqual(9);
  });

  test('cuts endless lines, and colours only when asked to', () => {
    const results = sampleResults([sampleCheck({ verdict: 'fail', message: `Received    ${'y'.repeat(100_000)}` })]);
    const plain = formatTable(results, OPTIONS);
    expect(plain.length).toBeLessThan(3000);
    const coloured = formatTable(results, { ...OPTIONS, colour: true });
    expect(coloured).not.toBe(plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colour codes are what is looked for
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });
});
