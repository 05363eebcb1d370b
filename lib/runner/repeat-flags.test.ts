import { expect, test } from 'vitest';
import { readConfiguration } from '../execution/configuration.ts';
import { repeatFlags } from './repeat-flags.ts';

const flags = (environment: Record<string, string>, ...hazards: Parameters<typeof repeatFlags>[1]): readonly string[] => {
  const read = readConfiguration(environment);
  if (!read.ok) throw new Error(read.problems.join(' '));
  return repeatFlags(read.settings, hazards);
};

test('a run with nothing set needs no flags, whatever the embedded camera risks', () => {
  expect(flags({}, 'ptz')).toEqual([]);
});

test('a camera is named, and what a check of it needs; its password never is', () => {
  const environment = {
    CAMERA_URL: 'http://192.168.1.89',
    CAMERA_ALLOW: 'all',
    CAMERA_PASSWORD: 'S3cret',
    CAMERA_PROFILE: 'strict',
    CAMERA_USER: 'root',
  };
  expect(flags(environment)).toEqual(['--url', 'http://192.168.1.89/', '--user', 'root', '--profile', 'strict']);
  expect(flags({ ...environment, CAMERA_RTSP_URL: 'rtsp://192.168.1.89:1554' }, 'ptz', 'reboot').join(' ')).toBe(
    '--url http://192.168.1.89/ --rtsp-url rtsp://192.168.1.89:1554 --user root --profile strict --allow ptz,reboot',
  );
});
