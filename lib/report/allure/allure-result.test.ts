import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../evidence/check-evidence.ts';
import { sampleCheck } from '../../results/sample-results.fixture.ts';
import { printable } from '../../wire/printable.ts';
import { type AllureResult, type Described, describeResult } from './allure-result.ts';

const WAIVER = { check: 'video/*', reason: 'mended in 2.1', ticket: 'FW-12', who: 'jane', expires: '2026-12-31' };

function described(check: Partial<Described['check']>, more: Partial<Described> = {}): AllureResult {
  const result: AllureResult = { uuid: 'u', statusDetails: {}, labels: [{ name: 'host', value: 'x' }], steps: [] };
  const kept: Attachment[] = [];
  const whole = { check: sampleCheck(check), section: '21 Video', steps: [], repeat: null, ...more };
  describeResult(result, whole, (attachment) => `${kept.push(attachment)}-attachment.txt`);
  return result;
}
const labels = (result: AllureResult) => Object.fromEntries(result.labels.map(({ name, value }) => [name, value]));

describe('a check in Allure', () => {
  it('has section, action, parameter, level and place as labels, and the same history whatever its title', () => {
    const result = described({});
    expect(labels(result)).toEqual({
      epic: '21 Video',
      feature: 'setVencConf',
      story: 'bitrate',
      severity: 'critical',
      document: 'section 21.2',
      level: 'must',
      verdict: 'pass',
    });
    expect(result).toMatchObject({
      status: 'passed',
      statusDetails: {},
      testCaseId: 'video/bitrate/above-range',
      fullName: 'video/bitrate/above-range',
    });
    expect(described({ title: 'another', section: '22.2' }).historyId).toBe(result.historyId);
  });

  it('has a status of its own for a warning, which can be seen and filtered by, and says at the top what it is', () => {
    const result = described({ level: 'should', verdict: 'warn', message: 'Documented  a\nReceived    b' });
    expect(result).toMatchObject({ status: 'broken', name: expect.stringMatching(/^Warning: video/) });
    expect(result.statusDetails.message).toMatch(/^Warning: recommended, not required\. .* section 21\.2 of the document\.\n\nDocumented {2}a\n/);
    expect(labels(result)).toMatchObject({ tag: 'warning', verdict: 'warn', severity: 'minor' });
  });

  it('stands in the tree where it belongs, without groups for what it has not', () => {
    const own = labels(described({ action: null, parameter: null }));
    expect([own.epic, own.feature, own.story]).toEqual(['21 Video', undefined, undefined]);
  });

  it('fails for the camera, is unknown by a fault of the suite, and is skipped where it is waived', () => {
    expect(described({ verdict: 'fail', message: 'm' }).status).toBe('failed');
    const error = described({ verdict: 'error', message: 'Could not <judge>' });
    expect(error).toMatchObject({ status: 'unknown', name: expect.stringMatching(/^Fault of the suite: video/) });
    expect(error.descriptionHtml).toBe('<pre>Could not &lt;judge&gt;</pre>');
    const waived = described({ verdict: 'fail', message: 'm', waiver: WAIVER });
    expect(waived).toMatchObject({ status: 'skipped', statusDetails: { message: expect.stringContaining('until 2026-12-31 by jane, FW-12') } });
    expect(labels(waived)).toMatchObject({ verdict: 'waived', tag: 'waived' });
  });

  it('says why it was skipped', () => {
    const result = described({ verdict: 'skip', skipReason: 'not-allowed', message: 'needs CAMERA_ALLOW=ptz' });
    expect(result).toMatchObject({ status: 'skipped', statusDetails: { message: 'not-allowed: needs CAMERA_ALLOW=ptz' } });
    expect(labels(result)['skipped because']).toBe('not-allowed');
  });

  it('says how to repeat it, behind what failed; a step that is no event follows the one before', () => {
    const finding = { documented: 'a', received: 'b' };
    const picture = { title: 'The picture', startedAt: null, durationMs: 0, finding: null, attachments: [] };
    const step = { ...picture, title: 'Not as section 21.2 of the document says', startedAt: '2026-01-01T00:00:00.000Z', durationMs: 5, finding };
    const result = described(
      { verdict: 'fail', message: 'Documented  a\nReceived    b' },
      { steps: [step, picture], repeat: { command: 'npm run conformance -- --check x', request: 'curl y', dialogue: 'PLAY z' } },
    );
    const message = result.statusDetails.message ?? '';
    expect(message).toMatch(
      /^Documented {2}a\nReceived {4}b\n\nTo repeat it, in the folder of the suite.*:\nnpm run conformance -- --check x\n\nBy hand\. .*\ncurl y\n\n/,
    );
    expect(message).toMatch(/for reading \(their session is over\):\nPLAY z$/);
    const start = Date.parse('2026-01-01T00:00:00.000Z');
    expect(result.steps).toMatchObject([
      { status: 'failed', statusDetails: { message }, start },
      { status: 'passed', start: start + 5, stop: start + 5 },
    ]);
  });

  it('shows terminal escapes, reversing marks and very long texts of a camera as harmless text', () => {
    const message = `Documented  a\nReceived    \u001b[31m\u202e<b>${'long '.repeat(5000)}`;
    const shown = described({ verdict: 'fail', message }).statusDetails.message ?? '';
    expect(shown).toContain('\\x1B[31m\\u{202E}<b>');
    expect(shown.split('\n').map(printable).join('\n')).toBe(shown);
    expect(shown.length).toBeLessThan(5000);
  });
});
