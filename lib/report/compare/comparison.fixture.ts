/** A comparison with a change of every kind, for the tests of what shows comparisons. */
import type { OfferedParameter } from '../../camera/offered-parameters.ts';
import type { CheckResult } from '../../results/results.ts';
import { sampleCheck, sampleResults, sampleWaiver } from '../../results/sample-results.fixture.ts';
import type { Comparison } from './comparison.ts';
import { compareRuns } from './comparison.ts';

/** Each text of the camera is `text`. */
export function changedCamera(text: string): Comparison {
  const failed = { verdict: 'fail', title: text, findings: [{ documented: '1 to 4096', received: text }] } as const;
  const skipped = { verdict: 'skip', skipReason: 'not-offered', message: text } as const;
  const steps: Readonly<Record<string, readonly [Partial<CheckResult>, Partial<CheckResult>]>> = {
    same: [{}, {}],
    broken: [{}, failed],
    'broken-too': [{}, { ...failed, reproduce: { command: `npm run conformance -- --check ${text}`, request: text } }],
    gone: [{}, skipped],
    unjudged: [skipped, failed],
    waived: [{}, { ...failed, waiver: sampleWaiver({ reason: text }) }],
    warns: [{}, { ...failed, verdict: 'warn' }],
    fixed: [failed, { title: text }],
    offered: [skipped, {}],
    unjudgedNow: [{}, { ...skipped, skipReason: 'blocked' }],
    other: [failed, { ...failed, waiver: sampleWaiver({ reason: text }) }],
  };
  const checks = (side: 0 | 1): CheckResult[] => Object.entries(steps).map(([name, step]) => sampleCheck({ id: `video/${name}`, ...step[side] }));
  const parameter = (name: string, changes: Partial<OfferedParameter> = {}): OfferedParameter => ({
    section: '21.1',
    action: 'getVencConf',
    instance: 'third',
    name,
    documented: true,
    type: 'number',
    value: '1',
    range: null,
    ...changes,
  });
  const timing = { action: 'getVencConf', requests: 20, medianMs: 100, p95Ms: 200 };
  const quick = { ...timing, action: 'getOsdConf', medianMs: 900 };
  return compareRuns(
    {
      file: 'old/results.json',
      results: sampleResults([...checks(0), sampleCheck({ id: 'video/left' })], {
        parameters: [parameter('disappears'), parameter('type'), parameter('range'), parameter('value')],
        timings: [timing, quick],
        profile: 'strict',
      }),
    },
    {
      file: 'new/results.json',
      results: sampleResults([...checks(1), sampleCheck({ id: 'video/added' }), sampleCheck({ ...failed, id: 'video/added-failing' })], {
        camera: { url: text, deviceId: text, mac: text, version: text, model: text },
        parameters: [
          parameter('type', { type: 'text' }),
          parameter('range', { range: text }),
          parameter('value', { value: text }),
          parameter(text, { documented: false }),
        ],
        timings: [
          { ...timing, medianMs: 900 },
          { ...quick, medianMs: 100 },
        ],
      }),
    },
  );
}
