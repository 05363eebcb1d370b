/** What may leave for a camera, by what it sends and what the camera shows. Hosts and values are this file's own. */
import { describe, expect, it, test } from 'vitest';
import { SECTIONS } from '../document/index.ts';
import type { Hazard } from '../document/notation.ts';
import type { Members } from '../document/row-value.ts';
import { Gate } from './gate.ts';
import { HeldBack } from './objection.ts';

/** Thursday, 1970-01-01 12:00, when it was read. */
const NOON_S = 12 * 3600;
let host = 0;

const IN_USE: Readonly<Record<string, Members>> = {
  getRebootConf: { mode: 0, day_week: 0, hour: 3, minute: 30 },
  getDeviceTime: { deviceTime: NOON_S, ntp_enable: 0, ntpServer: 'pool.ntp.org', timeInterval: 60, timeZone: 13 },
  getWiredNetwork: { DHCP: 1, IP: '10.9.9.40', subnet_mask: '255.255.255.0', gateway: '10.9.9.1', webPort: 80, DNS: '10.9.9.2', networktype: 0 },
  getWifiConfig: { enable: 0, encryptType: 1, ssid: 'own', IP: '10.9.8.1', dhcp: 1 },
  getMailConf: { smtp_addr: '10.9.9.3', smtp_port: 25, to_name: 'own', to_passw: 'owned', enable_ssl: 0 },
  getPlatformServer: {
    serverAddr: '',
    mqtt_server: '10.9.9.4:1883',
    mqtt_user: 'u',
    mqtt_passwd: 'owned',
    mqtt_topic: 't',
    ftpServer: '192.168.1.212',
    ftpPasswd: 'owned',
    gat_enable: 1,
    gat_uri: '',
  },
  getRtmpConf: { RtmpEnable: 0, RtmpServerAddr: '', RtmpType: 0 },
  getAlarmInConf: { alarm_enable: 1, alarm_out_type: 0, alarm_handle_alarmout: 1, alarm_handle_email: 0, sch_start_hour: 0 },
  getODAlarmConf: { alarm_enable: 1, alarm_out_type: 0, alarm_handle_alarmout: 0, alarm_handle_email: 0 },
};

function gate(allowed: readonly Hazard[] = [], shown: Readonly<Record<string, Members>> = {}): Gate {
  host = 0;
  const made = new Gate({ sections: SECTIONS, allowed: new Set(allowed), testers: ['10.9.9.77'], now: () => host });
  for (const [get, reply] of Object.entries({ ...IN_USE, ...shown })) made.note(get, {}, reply);
  return made;
}

/** `services smtp_port`, one for each thing that speaks against it and is not allowed. */
const against = (made: Gate, action: string, json: Members | string | null): readonly string[] =>
  made.refused(made.objections(action, json)).map(({ hazard, parameters }) => [hazard, ...parameters].join(' '));

describe('without leave', () => {
  const CASES: readonly (readonly [action: string, json: Members | string | null, expected: readonly string[]])[] = [
    // Commands, however they are made.
    ['openDoor', null, ['door']],
    ['openDoor', '{"x"', ['door']],
    ['restart', {}, ['reboot']],
    ['/action/telnet', { action: 'close' }, ['telnet']],
    ['conformanceUnknown', { smtp_port: 1 }, []],
    // A service that is in use, by its address or its switch, and those that are not.
    ['setMailConf', { smtp_port: 26 }, ['services smtp_port']],
    ['setMailConf', { smtp_port: 25, to_name: 'own' }, []],
    ['setMailConf', { smtp_port: '25' }, []],
    ['setPlatformServer', { gat_enable: 0 }, ['services gat_enable']],
    ['setPlatformServer', { ftpPort: 22, ftpUser: 'x' }, []],
    ['setPlatformServer', { serverAddr: '192.0.2.1' }, []],
    ['setPlatformServer', { mqtt_server: '10.9.9.4:1883', mqtt_user: 'u', mqtt_passwd: 'owned', mqtt_topic: 't' }, []],
    ['setPlatformServer', { mqtt_server: '10.9.9.4:1883', mqtt_user: 'u', mqtt_passwd: 'owned' }, ['services mqtt_topic']],
    ['setRtmpConf', { RtmpEnable: 1, RtmpServerAddr: 'rtmp://192.0.2.5/a' }, []],
    // JSON that is broken says what it would change all the same.
    ['setMailConf', '{"smtp_port":26', ['services smtp_port']],
    ['setMailConf', '{"smtp_port":25', []],
    ['setMailConf', "{'to_name':'other'}", ['services to_name']],
    ['setMailConf', '{"to_name":"ow', ['services to_name']],
    ['setMailConf', '[{"smtp_port":26}]', ['services smtp_port']],
    ['setMailConf', '[]', []],
    // Where the camera turns to.
    ['setPlatformServer', { serverAddr: '10.9.9.99' }, ['never serverAddr']],
    ['setPlatformServer', { serverAddr: 'http://cam.local/x' }, ['never serverAddr']],
    ['setPlatformServer', { serverAddr: '10.9.9.77:81' }, []],
    ['setPlatformServer', { wsServerAddr: 'x.example.com' }, []],
    ['setRtmpConf', { RtmpServerAddr: 'rtmp://192.168.1.5:8007/videotest' }, ['never RtmpServerAddr']],
    // Credentials that stay beside another address.
    ['setPlatformServer', { ftpServer: '192.0.2.9' }, ['never ftpServer']],
    ['setPlatformServer', { ftpServer: '192.0.2.9', ftpPasswd: 'conf1' }, []],
    ['setPlatformServer', { ftpServer: '' }, []],
    // The way to the camera.
    ['setWiredNetwork', { DHCP: 0 }, ['network DHCP', 'never DHCP']],
    ['setWiredNetwork', { DHCP: '1', device_ip: '10.9.9.40' }, []],
    ['setWiredNetwork', { device_ip: '192.0.2.4' }, ['network IP', 'never IP']],
    ['setWifiConfig', { ssid: 'x' }, ['network ssid']],
    ['setWifiConfig', { IP: '192.0.2.4' }, ['network IP']],
    // Outputs, and what switches them.
    ['setAlarmInConf', { alarm_out_type: 1 }, ['alarm-output alarm_out_type']],
    ['setAlarmInConf', { sch_start_hour: 1 }, ['alarm-output sch_start_hour']],
    ['setAlarmInConf', { alarm_handle_email: 1 }, []],
    ['setODAlarmConf', { alarm_enable: 0 }, []],
    ['setODAlarmConf', { alarm_enable: 0, alarm_handle_alarmout: 1 }, ['alarm-output alarm_handle_alarmout', 'alarm-output alarm_enable']],
    // Restarts that become due: it is noon.
    ['setRebootConf', { mode: 2, hour: 13 }, ['reboot hour mode']],
    ['setRebootConf', { mode: 2, hour: 23 }, []],
    ['setRebootConf', { mode: 2, hour: 24 + 13 }, ['reboot hour mode']],
    ['setRebootConf', { mode: 4, hour: 13, day_week: 4 }, ['reboot day_week hour mode']],
    ['setRebootConf', { mode: 4, hour: 13, day_week: 2 }, []],
    ['setRebootConf', { mode: 0, hour: 13 }, []],
    ['setRebootConf', { hour: 13 }, ['reboot hour']],
    ['setRebootConf', { mode: 9, hour: 13 }, ['reboot hour mode']],
  ];
  test.each(CASES)('%s %j: %j', (action, json, expected) => {
    expect(against(gate(), action, json)).toEqual(expected);
  });

  it('moves no clock across a restart that is due', () => {
    const due = gate([], { getRebootConf: { mode: 2, day_week: 0, hour: 18, minute: 0 } });
    const moved = (hours: number): readonly string[] => against(due, 'setTime', { CurTime: NOON_S + hours * 3600, ntp_enable: 0 });
    expect([moved(0), moved(1), moved(2), moved(4), moved(7), moved(-2), moved(-19)]).toEqual([
      [],
      [],
      [],
      ['reboot CurTime ntp_enable'],
      ['reboot CurTime ntp_enable'],
      [],
      ['reboot CurTime ntp_enable'],
    ]);
    expect(against(due, 'setTime', { ntp_enable: 0, timeZone: 20 })).toEqual(['reboot ntp_enable timeZone']);
    expect(against(due, 'setTime', { ntp_enable: 0, CurTime: 'conf' })).toEqual(['reboot CurTime ntp_enable']);
    // Put back with the time that passed.
    host = 3_600_000;
    due.note('getDeviceTime', {}, { ...IN_USE.getDeviceTime, deviceTime: NOON_S + 2 * 3600 });
    expect(against(due, 'setTime', { CurTime: NOON_S + 3600, ntp_enable: 0 })).toEqual([]);
  });

  it('moves any clock where no restart is due', () => {
    expect(against(gate(), 'setTime', { CurTime: 5, ntp_enable: 0 })).toEqual([]);
  });

  it('sets nothing of which nobody knows what it is', () => {
    const blind = new Gate({ sections: SECTIONS, allowed: new Set() });
    expect(against(blind, 'setMailConf', { smtp_port: 25 })).toEqual(['services smtp_port']);
    expect(blind.wanted('setMailConf', { smtp_port: 25 })).toEqual(['getMailConf']);
    expect(blind.wanted('setTime', { timeZone: 1 })).toEqual(['getDeviceTime', 'getRebootConf']);
    expect(blind.wanted('setOsdConf', { show_date: 1 })).toEqual([]);
    expect(blind.wanted('setMailConf', '5')).toEqual([]);
    blind.noteSilent('getMailConf', {});
    expect(blind.wanted('setMailConf', { smtp_port: 25 })).toEqual([]);
  });
});

describe('with leave', () => {
  it('goes what its hazard allows, and nothing that none does', () => {
    const made = gate(['services', 'network']);
    expect(against(made, 'setMailConf', { smtp_port: 26 })).toEqual([]);
    expect(against(made, 'setMailConf', { smtp_addr: '192.0.2.3' })).toEqual(['never smtp_addr']);
    expect(against(made, 'setMailConf', { to_passw: 'conf1' })).toEqual([]);
    made.note('getMailConf', {}, { ...IN_USE.getMailConf, to_passw: 'conf1' });
    expect(against(made, 'setMailConf', { smtp_addr: '192.0.2.3' })).toEqual([]);
    made.note('getMailConf', {}, { ...IN_USE.getMailConf, to_passw: 'conf1', smtp_addr: '192.0.2.3' });
    // Put back behind the address, or with it.
    expect(against(made, 'setMailConf', { to_passw: 'owned' })).toEqual(['never to_passw']);
    expect(against(made, 'setMailConf', { smtp_addr: '10.9.9.3', to_passw: 'owned' })).toEqual([]);
    expect(against(made, 'setWiredNetwork', { DHCP: 0 })).toEqual(['never DHCP']);
    expect(against(made, 'setWiredNetwork', { DNS: '192.0.2.8' })).toEqual([]);
    expect(against(made, 'setWiredNetwork', { DNS: '8.8.8.8' })).toEqual(['never DNS']);
  });

  it('does not set credentials that are not shown', () => {
    const hidden = gate(['services'], { getMailConf: { smtp_addr: '10.9.9.3', smtp_port: 25 } });
    expect(against(hidden, 'setMailConf', { to_passw: 'x' })).toEqual(['never to_passw']);
    expect(against(hidden, 'setMailConf', { smtp_addr: '192.0.2.3' })).toEqual(['never smtp_addr']);
    expect(against(hidden, 'setMailConf', { smtp_port: 26 })).toEqual([]);
  });

  it('leaves a Wi-Fi that is on where it is', () => {
    const on = gate(['network'], { getWifiConfig: { ...IN_USE.getWifiConfig, enable: 1 } });
    expect(against(on, 'setWifiConfig', { IP: '192.0.2.4' })).toEqual(['never IP']);
    expect(against(on, 'setWifiConfig', { ssid: 'x' })).toEqual([]);
  });
});

it('knows of a parameter whether any other value may be set', () => {
  const made = gate();
  const part = (set: string) => ({ set });
  const closed = (set: string, name: string): boolean => made.against(part(set), { name }).length > 0;
  expect([closed('setMailConf', 'smtp_port'), closed('setRtmpConf', 'RtmpType'), closed('setOsdConf', 'show_date')]).toEqual([true, false, false]);
  expect([closed('setAlarmInConf', 'alarm_enable'), closed('setODAlarmConf', 'alarm_enable')]).toEqual([true, false]);
});

it('throws what it holds back', () => {
  const made = gate();
  expect(() => made.admit('setMailConf', { smtp_port: 25 })).not.toThrow();
  expect(() => made.admit('setMailConf', { smtp_port: 26 })).toThrow(HeldBack);
  expect(() => made.admit('setMailConf', { smtp_port: 26 })).toThrow('setMailConf is not sent: smtp_port: mail (15) is in use');
});

it('takes what another process remembered for what was first', () => {
  const made = gate();
  made.note('getMailConf', {}, { ...IN_USE.getMailConf, smtp_port: 26 });
  made.note('getMailConf', {}, { ...IN_USE.getMailConf, smtp_port: 27 });
  expect(against(made, 'setMailConf', { smtp_port: 26 })).toEqual(['services smtp_port']);
  made.takeOver('getMailConf', {}, { ...IN_USE.getMailConf, smtp_port: 26 }, 0);
  expect(against(made, 'setMailConf', { smtp_port: 26 })).toEqual([]);
});
