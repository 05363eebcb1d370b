import { expect, it, test } from 'vitest';
import { CREDENTIALS } from '../wire/credentials.ts';
import { CGI } from './cgi-dialect.ts';

const same = <Part>(part: Part) => ({ sent: part, shown: part });
const speaker = CGI.speaker('admin', '123456');

test('the example of 1.2, with the JSON percent-encoded and unescaped, and as it is recorded', () => {
  expect(speaker.action('setPasswd', { sent: '{"newPassword":"1234567"}', shown: '{"newPassword":"***"}' }, 'right')).toEqual({
    sent: '/action/cgi_action?user=admin&pwd=e10adc3949ba59abbe56e057f20f883e&action=setPasswd&json=%7B%22newPassword%22%3A%221234567%22%7D',
    raw: '/action/cgi_action?user=admin&pwd=e10adc3949ba59abbe56e057f20f883e&action=setPasswd&json={"newPassword":"1234567"}',
    shown: '/action/cgi_action?user=admin&pwd=***&action=setPasswd&json=%7B%22newPassword%22%3A%22***%22%7D',
  });
  expect(speaker.action('getVencConf', same(null), 'no-password')).toEqual({
    sent: '/action/cgi_action?user=admin&action=getVencConf',
    raw: null,
    shown: '/action/cgi_action?user=admin&action=getVencConf',
  });
});

const FIXED = CREDENTIALS.filter((each) => each !== 'near-miss');

test('no way to log in is recorded with what it sends, and every one is told as secret', () => {
  for (const credentials of FIXED) {
    const { sent, shown } = speaker.action('getX', same(null), credentials);
    const [, pwd] = /pwd=([^&]*)/.exec(sent) ?? [];
    if (pwd === undefined) continue;
    expect(speaker.secrets).toContain(pwd);
    expect(shown).not.toContain(pwd);
  }
  expect(new Set(FIXED.map((credentials) => speaker.action('getX', same(null), credentials).sent)).size).toBe(FIXED.length);
});

test('credentials that are nearly right are made from the right ones, and not recorded', () => {
  const { sent, shown } = speaker.action('getX', same(null), ({ digest }) => ({ user: null, pwd: digest.slice(0, 8) }));
  expect([sent, shown]).toEqual(['/action/cgi_action?pwd=e10adc39&action=getX', '/action/cgi_action?pwd=***&action=getX']);
  expect(speaker.action('getX', same(null), () => ({ user: null, pwd: null })).sent).toBe('/action/cgi_action?action=getX');
});

test('other paths go as nobody, or log in before their query', () => {
  expect(speaker.path('x y?', same({}), undefined)).toEqual({ sent: '/x%20y%3F', raw: null, shown: '/x%20y%3F' });
  const { sent, shown } = speaker.path('/action/cgi_images', same({ fmt: 'bmp' }), 'wrong-user');
  expect([sent.replace(/[0-9a-f]{32}/, 'MD5'), shown]).toEqual([
    '/action/cgi_images?user=nobody&pwd=MD5&fmt=bmp',
    '/action/cgi_images?user=nobody&pwd=***&fmt=bmp',
  ]);
});

it('knows what means busy, what sets, and what logs in', () => {
  const json = (code: unknown) => ({ kind: 'json' as const, value: { code }, duplicateKeys: [] });
  expect([-117, 204, 0, '204'].map((code) => CGI.isBusy(json(code)))).toEqual([true, true, false, false]);
  expect(CGI.isBusy({ kind: 'text', text: '204' })).toBe(false);
  expect(['setVencConf', 'Set4GConfig', 'getVencConf', 'reset'].map(CGI.isSet)).toEqual([true, true, false, false]);
  expect(['pwd', 'user'].map(CGI.isSecretParameter)).toEqual([true, false]);
});
