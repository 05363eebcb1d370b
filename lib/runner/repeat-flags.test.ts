import { expect, test } from 'vitest';
import type { Hazard } from '../document/notation.ts';
import { readConfiguration } from '../execution/configuration.ts';
import { repeatFlags } from './repeat-flags.ts';

const flags = (environment: Record<string, string>, ...hazards: readonly Hazard[]): readonly string[] =>
  flagsOf(environment, { hazards, action: null });

const flagsOf = (environment: Record<string, string>, check: Parameters<typeof repeatFlags>[1]): readonly string[] => {
  const read = readConfiguration(environment);
  if (!read.ok) throw new Error(read.problems.join(' '));
  return repeatFlags(read.settings, check);
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

test('what the action of a check may take goes with it where it was allowed', () => {
  const environment = { CAMERA_URL: 'http://192.168.1.89', CAMERA_ALLOW: 'services,ptz' };
  expect(flagsOf(environment, { hazards: [], action: 'setMailConf' })).toEqual(['--url', 'http://192.168.1.89/', '--allow', 'services']);
  expect(flagsOf(environment, { hazards: [], action: 'setOsdConf' })).toEqual(['--url', 'http://192.168.1.89/']);
  expect(flagsOf({ ...environment, CAMERA_ALLOW: '' }, { hazards: [], action: 'setMailConf' })).toEqual(['--url', 'http://192.168.1.89/']);
});
