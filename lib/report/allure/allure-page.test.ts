import { expect, test } from 'vitest';
import { finishPage } from './allure-page.ts';

const ANALYTICS = '<script async src="https://www.googletagmanager.com/gtag/js?id=G"></script>\n<script>gtag("config")</script>';
const HTML = `<html><head><title>é</title></head><body><div id="app"></div><script  src="app-1.js"></script>${ANALYTICS}<p>after</p></body></html>`;
const PROGRAMS = new Map([['app-1.js', Buffer.from('run()')]]);

test('the page has its data in front of its program, and the program in itself', () => {
  const { before, behind } = finishPage(HTML, PROGRAMS, true);
  expect(before).toMatch(/<body><div id="app"><\/div>\n<script>\nwindow\.allureReportData=\{\};\n$/);
  expect(behind).toBe(
    `</script>\n<script  src="data:text/javascript;base64,${Buffer.from('run()').toString('base64')}"></script><p>after</p></body></html>`,
  );
});

test('the measurement is cut out, and the page forbidden to ask anybody', () => {
  const { before, behind } = finishPage(HTML, PROGRAMS, true);
  expect(before + behind).not.toMatch(/googletagmanager|gtag/);
  expect(before).toMatch(/^<html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; /);
  expect(before).toContain('<title>é</title>');
  expect(finishPage(HTML.replace(ANALYTICS, ''), PROGRAMS, true)).toEqual({ before, behind });
});

test('what is no page is refused', () => {
  expect(() => finishPage('', PROGRAMS, true)).toThrow('Could not find <head> in the page of Allure.');
  expect(() => finishPage('<head></head>', PROGRAMS, true)).toThrow('Could not find src="app-1.js" in the page of Allure.');
});

test('statuses have our words in English, and the others theirs', () => {
  const program = '{"broken":"broken","unknown":"unknown"}{"broken":"kaputt"}';
  const { behind } = finishPage(HTML, new Map([['app-1.js', Buffer.from(program)]]), true);
  const [, written = ''] = /base64,([^"]+)"/.exec(behind) ?? [];
  expect(Buffer.from(written, 'base64').toString()).toBe('{"broken":"warning","unknown":"not judged"}{"broken":"kaputt"}');
});

test('that a check is new is marked where it says anything', () => {
  expect(finishPage(HTML, PROGRAMS, true).before).not.toContain('tree-leaf-transition-new');
  expect(finishPage(HTML, PROGRAMS, false).before).toContain('[data-testid="tree-leaf-transition-new"]');
});
