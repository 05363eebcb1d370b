import { expect, it } from 'vitest';
import { finishPage } from './allure-page.ts';

const ANALYTICS = '<script async src="https://www.googletagmanager.com/gtag/js?id=G"></script>\n<script>gtag("config")</script>';
const finished = (html: string): string => Buffer.concat(finishPage(Buffer.from(html))).toString();

it('cuts out the measurement and forbids the page to ask anybody', () => {
  const page = finished(`<html><head><title>é</title></head><body><p>before</p>${ANALYTICS}<p>after</p></body></html>`);
  expect(page).not.toMatch(/googletagmanager|gtag/);
  expect(page).toContain('<p>before</p><p>after</p></body></html>');
  expect(page).toMatch(/^<html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; /);
  expect(page).toContain('<title>é</title>');
});

it('leaves a page without measurement whole', () => {
  expect(finished('<head></head><script>1</script>')).toMatch(/<\/style><script>window\.allureReportData=.*<\/script><\/head><script>1<\/script>$/);
});

it('refuses what is no page', () => {
  expect(() => finishPage(Buffer.from('{}'))).toThrow('Could not find the head of the page of Allure.');
});
