/** The statement as people see it: in a browser, at three widths, in light and in dark, without scripts, and on paper. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations } from '../browser/axe.fixture.ts';
import { hasNoChromium, type Looked, look, WIDTHS } from '../browser/chromium.fixture.ts';
import { badCamera, goodCamera, hostileCamera, sampleProvenance } from './statement.fixture.ts';
import { formatStatement } from './statement.ts';

const folder = mkdtempSync(join(tmpdir(), 'statement-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CAMERAS = { good: goodCamera(), bad: badCamera(), hostile: hostileCamera() };
const address = (camera: keyof typeof CAMERAS): URL => {
  const file = join(folder, `${camera}.html`);
  writeFileSync(file, formatStatement(CAMERAS[camera], sampleProvenance));
  return pathToFileURL(file);
};

describe.skipIf(hasNoChromium).each(['good', 'bad', 'hostile'] as const)('the statement of a %s camera', (camera) => {
  let looked: Looked;
  beforeAll(async () => {
    looked = await look(address(camera));
  });

  test('prints to a few pages of A4, with what is folded on a screen', async () => {
    const { page } = looked;
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(pages).toBeLessThanOrEqual({ good: 5, bad: 14, hostile: 40 }[camera]);
    const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? [];
    expect([Number(width), Number(height)].map(Math.round)).toEqual([595, 842]);
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(FOLDED)).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    const details = await page.locator('details').count();
    expect(await page.evaluate(FOLDED)).toBe(details);
    expect(details > 10).toBe(camera !== 'good');
  });

  test.each(Object.entries(WIDTHS))('on a %s nothing overflows, and axe finds nothing, in light and in dark', async (_, width) => {
    const { page } = looked;
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      // With everything unfolded, which is when there is most to overflow and most to read.
      await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await page.evaluate(OVERFLOWING)).toEqual([]);
      expect(await page.evaluate(SQUEEZED)).toEqual([]);
      // Of what axe looks at, only colours differ between the schemes.
      expect(await axeViolations(page, colorScheme === 'dark' ? ['color-contrast'] : undefined)).toEqual([]);
    }
  });

  test('asked for nothing, and had no error', () => {
    expect({ faults: looked.faults, foreign: looked.foreign }).toEqual({ faults: [], foreign: [] });
  });
});

/** How many things are folded: their height is nothing. */
const FOLDED = `[...document.querySelectorAll('details > :nth-child(2)')].filter((each) => !each.checkVisibility({ contentVisibilityAuto: true })).length`;

/** Elements whose text runs out of their box, as it would where one long word is not broken. */
const OVERFLOWING = `[...document.querySelectorAll('main *, header *, nav *, footer *')]
  .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1 && getComputedStyle(each).display !== 'inline')
  .map((each) => each.outerHTML.slice(0, 200))`;

/** Cells of a sentence in a column of a few letters. */
const SQUEEZED = `[...document.querySelectorAll('main td, main tbody th')]
  .filter((each) => each.innerText.length > 16 && each.clientWidth > 1 && each.clientWidth < 72)
  .map((each) => each.clientWidth + ': ' + each.outerHTML.slice(0, 200))`;

describe.skipIf(hasNoChromium)('for everyone', () => {
  test('reads the same without scripts', async () => {
    const { page } = await look(address('good'), { javaScript: false });
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Conformance statement');
    expect(await page.getByRole('main').innerText()).toContain('Result by section');
    await page.context().close();
  });

  test('with a keyboard, the first stop skips to the verdict, and every stop is seen', async () => {
    const { page } = await look(address('bad'));
    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    expect(await skip.innerText()).toBe('Skip to the verdict');
    expect((await skip.boundingBox())?.x).toBe(0);
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').innerText()).toBe('No verdict');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').count()).toBe(1);
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.context().close();
  });
});
