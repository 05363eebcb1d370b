/**
 * Debian's Chromium for tests that look at reports as people do. It goes nowhere but to the report: what a page asks of another host
 * is refused and remembered. Where there is no Chromium the tests are skipped, and say so. The only place that knows playwright-core.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
/** Nothing of its own on the network: no updates, no synchronisation, no first-run pages. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A phone, a laptop, and a sheet of A4 at 96 dots per inch. */
export const WIDTHS = { phone: 390, laptop: 1280, paper: 794 } as const;

export interface PageOptions {
  /** CSS pixels; a laptop's when absent */
  readonly width?: number;
  readonly dark?: boolean;
  /** as it would be printed */
  readonly print?: boolean;
  /** without it, as people read a statement whose scripts their mail program has blocked */
  readonly javaScript?: boolean;
}

/** A page, and what went wrong in it so far. */
export interface Looked {
  readonly page: Page;
  /** uncaught errors, and what the console calls an error */
  readonly faults: readonly string[];
  /** addresses on other hosts that it asked for */
  readonly foreign: readonly string[];
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Its path; null where there is none. */
export const chromiumPath: string | null =
  NAMES.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))).find(isExecutable) ?? null;

/** For `describe.skipIf(hasNoChromium)`. */
export const hasNoChromium = chromiumPath === null;
if (hasNoChromium) console.warn('Skipped: there is no Chromium to look at reports with (apt-get install chromium).');

let browser: Promise<Browser> | null = null;
afterAll(async () => {
  await (await browser)?.close();
  browser = null;
});

/** Opens the page and waits until it is loaded. The page is closed with its test file, or by `page.context().close()`. */
export async function look(
  url: URL | string,
  { width = WIDTHS.laptop, dark = false, print = false, javaScript = true }: PageOptions = {},
): Promise<Looked> {
  // With a profile of its own, empty, in the folder for temporary files; it is removed when the browser ends.
  browser ??= chromium.launch({ executablePath: chromiumPath ?? '', headless: true, args: QUIET });
  const context = await (await browser).newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: javaScript,
  });
  const page = await context.newPage();
  if (print) await page.emulateMedia({ media: 'print' });
  const faults: string[] = [];
  const foreign: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  const home = new URL(url);
  await page.route('**/*', (route) => {
    const asked = new URL(route.request().url());
    if (['data:', 'blob:'].includes(asked.protocol) || (asked.protocol === home.protocol && asked.host === home.host)) return route.continue();
    foreign.push(asked.href);
    return route.abort();
  });
  await page.goto(home.href, { waitUntil: 'load' });
  return { page, faults, foreign };
}
