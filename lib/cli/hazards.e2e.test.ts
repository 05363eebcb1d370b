/** Without leave, a run does nothing to a camera that could hurt it or its surroundings, and says of each check why it was left out. */
import { beforeAll, describe, expect, it } from 'vitest';
import { SECTIONS } from '../document/index.ts';
import { HAZARDS } from '../document/notation.ts';
import type { LoggedRequest } from '../emulator/request-log.ts';
import { parseNotAllowed } from '../results/not-allowed.ts';
import { ALL_SECTIONS, cameraProcess, conformance, LIMIT_MS, type Run } from './conformance.fixture.ts';

/** By hand, not from the data that the suite itself decides by. */
const NEVER = [
  'setPasswd',
  'reset',
  'restart',
  'setPtzControl',
  'devsFormat',
  'openDoor',
  'ioSendData',
  'setPlatformConfFile',
  'setGb28181Logout',
  'setGb28181Register',
  'setWiredNetwork',
  'setWifiConfig',
  'Set4GConfig',
  '/action/telnet',
];
/** Parameters that no set without leave may change, by set action, with the get that shows them. Necessary ones are sent as they are. */
const NEVER_CHANGED: Readonly<Record<string, readonly [get: string, ...names: string[]]>> = {
  setPeripheralConf: ['getPeripheralConf', 'PTZ_Lock', 'baudrate', 'dataBits', 'stopBits', 'parity', 'flowControl'],
  setRtspConf: ['getRtspConf', 'enable', 'rtsp_port'],
  setTime: ['getDeviceTime', 'ntp_enable', 'ntpServer', 'timeInterval'],
  setAlarmInConf: ['getAlarmInConf', 'alarm_out_type', 'alarm_handle_alarmout', 'alarm_handle_alarmout_time'],
  setMotionDetConf: ['getMotionDetConf', 'alarm_out_type', 'alarm_handle_alarmout', 'alarm_handle_alarmout_time'],
};

let run: Run;
let before: Record<string, unknown>;
let after: Record<string, unknown>;
let requests: readonly LoggedRequest[];
beforeAll(async () => {
  const emulator = await cameraProcess({ model: 'full' });
  before = await emulator.state();
  run = await conformance({ environment: { CAMERA_URL: emulator.url, CAMERA_ALLOW: '' } });
  after = await emulator.state();
  requests = await emulator.requests();
}, LIMIT_MS);

describe('a run that no hazard is allowed to', () => {
  it('is conformant and complete', () => {
    expect(run.stderr).toBe('');
    const spoilt = run.results.checks.filter(({ verdict }) => ['fail', 'warn', 'error'].includes(verdict));
    expect(spoilt.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect({ code: run.code, allowed: run.results.allowed }).toEqual({ code: 0, allowed: [] });
    expect(run.results.sections.toSorted((a, b) => Number(a) - Number(b))).toEqual(ALL_SECTIONS);
  });

  it('leaves the whole state of the camera as it was', () => {
    expect(after).toEqual(before);
    expect(run.results.restore).toEqual({ verdict: 'restored', differences: [] });
  });

  it.each(NEVER)('never asks for %s', (action) => {
    expect(requests.filter((request) => request.action === action)).toEqual([]);
  });

  it('never asks for any command that the document data calls a hazard', () => {
    const commands = SECTIONS.flatMap(({ parts }) => parts).filter((part) => part.kind === 'command' && part.hazards.length > 0);
    expect(commands.length).toBeGreaterThan(9);
    const asked = new Set(requests.map(({ action }) => action));
    for (const command of commands) if (command.kind === 'command') expect(asked).not.toContain(command.action);
  });

  it.each(Object.entries(NEVER_CHANGED))('changes no hazardous parameter in a %s that is carried out', (action, [get, ...names]) => {
    const values = (before.settings as Record<string, Record<string, unknown>>)[get] ?? {};
    const carriedOut = requests.filter((request) => request.action === action && typeof request.result === 'number');
    expect(carriedOut.length).toBeGreaterThan(0);
    const changed = carriedOut.flatMap(({ json }) =>
      Object.entries(json ?? {}).filter(([name, value]) => names.includes(name) && value !== values[name]),
    );
    expect(changed).toEqual([]);
  });

  it('says of each check that it left out which variable would allow it', () => {
    const leftOut = run.results.checks.filter(({ skipReason }) => skipReason === 'not-allowed');
    expect(leftOut.length).toBeGreaterThan(200);
    for (const { id, message } of leftOut) expect(message, id).toMatch(/^needs CAMERA_ALLOW=[\w-]+(,[\w-]+)*(: .+)?$/);
    const named = new Set(leftOut.flatMap(({ message }) => parseNotAllowed(message) ?? []));
    expect([...named].toSorted()).toEqual([...HAZARDS].toSorted());
    expect(run.stdout).toContain(`Skipped  ${leftOut.length} not-allowed: they take a hazard that CAMERA_ALLOW does not name`);
  });
});
