import { expect, it, test } from 'vitest';
import { NoWordsFor } from '../wire/dialect.ts';
import type { Answer, Body } from '../wire/exchange.ts';
import { WEB } from './web-dialect.ts';

const same = <Part>(part: Part) => ({ sent: part, shown: part });
const speaker = WEB.speaker('admin', '123456');
const answer = (body: Body, status = 200): Answer => ({ body, status }) as Answer;
const json = (code?: number): Body => ({ kind: 'json', value: code === undefined ? {} : { code }, duplicateKeys: [] });
const text = (words: string): Body => ({ kind: 'text', text: words });

test('an action is posted with its JSON as body, and as it is recorded', () => {
  expect(speaker.action('setPasswd', { sent: '{"newPassword":"1"}', shown: '{"newPassword":"***"}' }, 'right')).toEqual({
    sent: '/action/setPasswd',
    raw: null,
    shown: '/action/setPasswd',
    body: { sent: '{"newPassword":"1"}', shown: '{"newPassword":"***"}' },
  });
  expect(speaker.action('getVencConf', same(null), 'right').body).toEqual(same('{}'));
  expect(speaker.action('restart', same(null), 'right').body).toEqual(same('{}'));
  expect(speaker.action('setVencConf', same(null), 'right').body, 'a set without JSON').toEqual(same(''));
});

test('a log-in goes before, with the MD5 of the password, which is never recorded', () => {
  const { phrase } = speaker.logIn ?? expect.fail('no log-in');
  expect(phrase).toMatchObject({
    sent: '/action/hiLogin',
    body: { sent: '{"passwd":"e10adc3949ba59abbe56e057f20f883e"}', shown: '{"passwd":"***"}' },
  });
  expect(speaker.secrets).toContain('e10adc3949ba59abbe56e057f20f883e');
});

it('cannot claim to be somebody else', () => {
  for (const claim of ['wrong-user', 'wrong-password', 'no-password', 'plain-password', () => ({ user: null, pwd: null })] as const) {
    expect(() => speaker.action('getVencConf', same(null), claim)).toThrow(NoWordsFor);
  }
});

it('knows a log-in that is refused from one that lets in and from one that there is not', () => {
  const refused = (body: Body, status?: number) => speaker.logIn?.isRefused(answer(body, status));
  expect([refused(json(206)), refused(text('error user/pwd')), refused(text(''), 401), refused(text(''), 403)]).toEqual([true, true, true, true]);
  expect([refused(json(0)), refused(json()), refused(text('error json')), refused(text(''), 404), refused(text(''), 405)]).not.toContain(true);
});

it('knows what says that nobody is logged in', () => {
  expect([WEB.isLoggedOut(answer(text('error user/pwd'))), WEB.isLoggedOut(answer(text(''), 401))]).toEqual([true, true]);
  expect([WEB.isLoggedOut(answer(text('error json'))), WEB.isLoggedOut(answer(json(206)))]).toEqual([false, false]);
});

test('snapshots and the telnet switch are asked for as the document has it', () => {
  expect(speaker.path('/action/cgi_images', same({ fmt: 'bmp' }), undefined)).toEqual({
    sent: '/action/cgi_images?fmt=bmp',
    raw: null,
    shown: '/action/cgi_images?fmt=bmp',
  });
});
