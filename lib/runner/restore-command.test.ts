import { expect, test } from 'vitest';
import { CONFIGURATION } from '../execution/configuration.ts';
import { restoreCommand } from './restore-command.ts';

test('names the camera, and the folder of the journal where it is another than usual', () => {
  const url = new URL('http://192.168.1.89/');
  expect(restoreCommand({ url, reportsDir: CONFIGURATION.reportsDir.default })).toBe('npm run restore -- --url http://192.168.1.89/');
  expect(restoreCommand({ url, reportsDir: '/tmp/it is' })).toBe("npm run restore -- --url http://192.168.1.89/ --reports-dir '/tmp/it is'");
  expect(restoreCommand({ url: null, reportsDir: 'reports' })).toBeNull();
});
