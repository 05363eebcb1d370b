/** The Allure report as people see it: in a browser, from the disk, of a camera that fails, and whose every string is hostile. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Attachment } from '../../evidence/check-evidence.ts';
import { evidenceOf } from '../../evidence/check-evidence.ts';
import { formatJpeg } from '../../media/jpeg-writer.ts';
import { type CheckResult, messageOf } from '../../results/results.ts';
import { sampleCheck, sampleExchange, sampleResults } from '../../results/sample-results.fixture.ts';
import { hasNoChromium, type Looked, look, WIDTHS } from '../browser/chromium.fixture.ts';
import { reproduce } from '../repeat/reproduce.ts';
import { beginReport, RESULTS } from './allure-report.ts';
import { type AllureResult, type Described, describeResult } from './allure-result.ts';

const HOSTILE = `</script><script>window.broken=1</script><img src=x onerror="window.broken=2">\u001b[31mred\u001b[0m \u202egnp.exe ${'long '.repeat(2000)}`;
const JPEG = formatJpeg({ width: 16, height: 8, rgba: new Uint8Array(16 * 8 * 4).fill(128) });

const hostileReply = { statusLine: 'HTTP/1.1 200 OK', status: 200, headers: [['Server', HOSTILE]] as const, text: HOSTILE, bytes: HOSTILE.length };
const hostile = sampleExchange({ reply: hostileReply, deviations: [{ id: 'bare-lf', detail: HOSTILE }] });
const failed = messageOf([{ documented: 'a number', received: HOSTILE }]);
const waiver = { check: 'video/*', reason: HOSTILE, ticket: HOSTILE, who: HOSTILE, expires: '2026-12-31' };
const CHECKS: readonly CheckResult[] = [
  sampleCheck(),
  sampleCheck({ id: 'video/bitrate/type', verdict: 'fail', message: failed, exchange: hostile }),
  sampleCheck({ id: 'video/bitrate/default', verdict: 'warn', level: 'should', message: failed, exchange: hostile }),
  sampleCheck({ id: 'video/fps/type', parameter: 'fps', verdict: 'fail', message: failed, exchange: hostile, waiver }),
  sampleCheck({ id: 'video/gop/type', parameter: 'gop', verdict: 'skip', skipReason: 'not-offered', message: HOSTILE }),
  sampleCheck({
    id: 'ptz/left/moves',
    section: '27.1',
    action: 'setPtz',
    verdict: 'skip',
    skipReason: 'not-allowed',
    message: 'needs CAMERA_ALLOW=ptz',
  }),
  sampleCheck({ id: 'ptz/right/moves', section: '27.1', action: 'setPtz', verdict: 'error', message: `Could not judge: ${HOSTILE}` }),
];

/** The run before, in which the first two were the other way round. */
const BEFORE = CHECKS.map((check): CheckResult => {
  if (check.verdict === 'pass') return { ...check, verdict: 'fail', message: failed, exchange: hostile };
  return check.id === 'video/bitrate/type' ? { ...check, verdict: 'pass', message: null, exchange: null } : check;
});

const folder = mkdtempSync(join(tmpdir(), 'allure-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Builds three reports and starts a browser, on machines that do other things, too. */
const LIMIT_MS = 100_000;

/** The results of a run, as the reporter leaves them, and the report; its path. */
async function report(startedAt: string, checks: readonly CheckResult[] = CHECKS): Promise<string> {
  const results = join(folder, RESULTS);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results);
  const camera = { url: 'http://192.168.1.89', deviceId: HOSTILE, mac: HOSTILE, version: HOSTILE, model: HOSTILE };
  writeFileSync(join(folder, 'results.json'), JSON.stringify(sampleResults(checks, { camera, startedAt })));
  for (const [index, check] of checks.entries()) {
    const keep = ({ content, type }: Attachment): string => {
      const name = `${index}-${Math.random()}-attachment.${type === 'image/jpeg' ? 'jpg' : 'txt'}`;
      writeFileSync(join(results, name), content);
      return name;
    };
    const recorded = {
      exchanges: [{ exchange: hostile, times: 1, since: hostile.startedAt }],
      omitted: 0,
      pictures: [{ type: 'image/jpeg' as const, bytes: JPEG, query: '', size: JPEG.length, shownAs: null }],
      streams: [{ exchanges: [], description: `s=${HOSTILE}\r\nm=video 0 RTP/AVP 96\r\n`, facts: [] }],
    };
    const steps = evidenceOf(check, recorded, { withPictures: true, mask: (text) => text });
    const described: Described = { check, section: check.section.startsWith('21') ? '21 Video' : '27 PTZ', steps, repeat: reproduce(check) };
    const result: AllureResult & { readonly start: number; readonly stop: number } = {
      uuid: `${startedAt}-${index}`,
      start: Date.parse(startedAt) + index,
      stop: Date.parse(startedAt) + index + 5,
      statusDetails: {},
      labels: [],
      steps: [],
    };
    describeResult(result, described, keep);
    writeFileSync(join(results, `${index}-result.json`), JSON.stringify(result));
  }
  return (await beginReport(folder, null)).finish();
}

describe.skipIf(hasNoChromium)('the Allure report of a hostile camera', () => {
  let file: string;
  let looked: Looked;
  let page: Page;
  beforeAll(async () => {
    await report('2025-12-31T00:00:00.000Z', [sampleCheck()]);
    await report('2026-01-01T00:00:00.000Z', BEFORE);
    file = await report('2026-01-02T00:00:00.000Z');
    looked = await look(pathToFileURL(file));
    page = looked.page;
    await page.getByText('Camera conformance').first().waitFor();
  }, LIMIT_MS);
  const text = (): Promise<string> => page.locator('#app').innerText();
  const open = async (name: string): Promise<void> => {
    await page.evaluate('window.location.hash = ""');
    await page.getByTestId('tree-leaf-title').getByText(name).click();
    await page.getByTestId('test-result-info-title').waitFor();
  };

  test('says which camera was tested, by which suite, and what was found', async () => {
    const shown = await text();
    for (const part of ['Device ID', 'Firmware version', 'Suite version', 'Hazards allowed', '</script><script>window.broken=1'])
      expect(shown).toContain(part);
    expect(shown).toMatch(/Failed\s+1/);
    expect(shown).toMatch(/Warning\s+1/);
    expect(shown).toMatch(/Not judged\s+1/i);
    expect(await page.evaluate('document.querySelector("[data-testid=base-layout]").scrollTop')).toBe(0);
    for (const tab of ['Quality Gates', 'Global Attachments', 'Global Errors']) expect(await page.getByText(tab).first().isVisible()).toBe(false);
  });

  test('sorts what did not pass', async () => {
    await page.evaluate('window.location.hash = "categories"');
    await page.getByText('Defects of the camera').waitFor();
    const shown = await text();
    for (const name of [
      'Warnings: recommended',
      'Waived: known',
      'Faults of the suite',
      'camera does not offer it',
      'CAMERA_ALLOW does not name the hazard',
    ])
      expect(shown).toContain(name);
  });

  test('draws what changed from each run to the next', async () => {
    const charts = await page.evaluate<string>('atob(window.allureReportData["widgets/charts.json"])');
    const { general } = JSON.parse(charts) as { general: Readonly<Record<string, { readonly type: string; readonly data: unknown }>> };
    const transitions = Object.values(general).find(({ type }) => type === 'statusTransitions')?.data;
    expect(transitions).toMatchObject([
      { fixed: 0, regressed: 1, malfunctioned: 0 },
      { id: 'current', fixed: 1, regressed: 1, malfunctioned: 0 },
    ]);
  });

  test('says of a failed check what is documented, what came, how to repeat it, and what it was the time before', async () => {
    await open('video/bitrate/type');
    const shown = await text();
    for (const part of [
      'Documented  a number',
      'Received    </script><script>',
      '\\x1B[31mred',
      '\\u{202E}gnp.exe',
      'npm run conformance -- --check video/bitrate/type',
      'curl ',
    ])
      expect(shown).toContain(part);
    await page.getByTestId('test-result-tab-history').click();
    expect(await page.getByTestId('test-result-tab-history').innerText()).toMatch(/History\s+1/);
  });

  test('shows the picture, and the text of the camera as text', async () => {
    await open('video/bitrate/type');
    for (const name of ['The picture without a format: JPEG', 'RTSP session', 'setVencConf {'])
      await page.getByTestId('test-result-step-title').getByText(name).first().click();
    for (const header of await page
      .getByTestId('test-result-attachment-header')
      .locator('button')
      .filter({ hasText: /Snapshot|Exchange|Session/ })
      .all())
      await header.click();
    const picture = page.locator('[data-testid="test-result-attachment"] img').first();
    await picture.waitFor();
    expect(await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(16);
    expect(await text()).toContain('Server: </script><script>window.broken=1</script><img src=x onerror="window.broken=2">\\x1B[31mred');
  });

  test('has a warning for what is only recommended, and says why a check was skipped', async () => {
    await open('Warning: video/bitrate/default');
    expect(await page.getByTestId('test-result-error').first().innerText()).toMatch(/^Why it did not pass\s+Warning: recommended, not required\./);
    expect(await text()).toContain('recommended, not required. It concerns section 21.2 of the document');
    await page.evaluate('window.location.hash = ""');
    // What holds no failure and no warning is folded.
    for (const group of ['27 PTZ', 'setPtz', 'bitrate']) await page.getByTestId('tree-section-title').getByText(group).last().click();
    await open('Fault of the suite: ptz/right/moves');
    expect(await page.frameLocator('[data-testid="test-result-description-frame"]').locator('body').innerText()).toContain(
      'Could not judge: </script>',
    );
    await open('ptz/left/moves');
    expect(await text()).toContain('not-allowed: needs CAMERA_ALLOW=ptz');
  });

  test('is not wider than a phone, and leaves room for the names', async () => {
    const phone = await look(pathToFileURL(file), { width: WIDTHS.phone });
    const leaf = phone.page.getByTestId('tree-leaf-title').first();
    await leaf.waitFor();
    expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBe(WIDTHS.phone);
    expect((await leaf.boundingBox())?.width).toBeGreaterThan(200);
    await phone.page.context().close();
  });

  test('is printed whole', async () => {
    await open('video/bitrate/type');
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBeGreaterThan(1000);
    await page.emulateMedia({ media: 'screen' });
  });

  test('asked nobody for anything, and ran nothing of the camera', async () => {
    expect(readFileSync(file, 'latin1')).not.toContain('googletagmanager');
    expect(await page.evaluate('window.broken ?? null')).toBe(null);
    expect({ faults: looked.faults, foreign: looked.foreign }).toEqual({ faults: [], foreign: [] });
  });
});
