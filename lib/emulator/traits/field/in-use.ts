/**
 * A camera that somebody depends on: every service that the document knows is on and has an address and credentials of its own, the network is
 * DHCP's, the way out is 4G, relays are wired, a restart is due. None of these addresses is one of the document's examples, and none is
 * reserved for examples (RFC 5737, RFC 2606): from outside nothing tells them from those of a real site.
 */
import type { Members } from '../../../document/row-value.ts';
import type { Starts } from '../../model.ts';

/** As TIME_ZONES of section 10 has it: UTC+01:00. */
const TIME_ZONE = 14;
const OFFSET_S = 3600;
/** Longer than a run takes, and nearer than any that moves the clock by an hour. */
const DUE_IN_S = 45 * 60;

/** What an alarm does there: a relay that rests closed, a siren, a mail and a picture. */
const wired: Members = {
  alarm_out_type: 1,
  alarm_handle_alarmout: 1,
  alarm_handle_alarmout_time: 8,
  alarm_handle_email: 1,
  alarm_handle_snap_ftp: 1,
};

/** @param now host time, in ms since 1970 */
export function inUseStarts(now: number): Starts {
  const due = new Date(now + (OFFSET_S + DUE_IN_S) * 1000);
  return {
    getSysConfig: [{ dev_name: 'gate north', language: 1, kernel_version: 'Linux 4.9.37' }],
    getRebootConf: [{ mode: 2, day_week: due.getUTCDay(), hour: due.getUTCHours(), minute: due.getUTCMinutes() }],
    getDeviceTime: [{ ntp_enable: 1, ntpServer: '10.61.7.2', timeInterval: 30, timeZone: TIME_ZONE }],
    getWiredNetwork: [{ DHCP: 1, IP: '10.61.7.40', subnet_mask: '255.255.254.0', gateway: '10.61.7.1', DNS: '10.61.7.2', DNS2: '10.61.7.3' }],
    getPlatformServer: [
      {
        serverAddr: '10.61.7.27:8090',
        wsServerAddr: '10.61.7.28:8091',
        platformSubCode: 3,
        serverIp_cf: '10.61.7.29',
        serverPort_cf: 9420,
        ftpServer: '10.61.7.23',
        ftpPort: 2021,
        ftpUser: 'gate-north',
        ftpPasswd: 'Quay-57-lantern',
        ftpPath: '/gate-north',
        mqtt_server: '10.61.7.24:1883',
        mqtt_user: 'gate-north',
        mqtt_passwd: 'Buoy-83-anchor',
        mqtt_topic: 'site-4/gate-north',
        gat_enable: 1,
        gat_uri: 'http://10.61.7.25:8120',
        gat_devid: '31011500001190000417',
        gat_user: 'gate-north',
        gat_pwd: 'Tide-29-harbour',
        heartbeat_interval: 90,
      },
    ],
    Get4GConfig: [
      {
        Enable: 1,
        APN_AUTO: 0,
        APNName: 'm2m.site-4',
        APNUser: 'site-4',
        APNPwd: 'Mast-64-ripple',
        DNSType: 1,
        HeartBeatAddr: '10.61.7.31',
      },
    ],
    getWifiConfig: [
      {
        enable: 1,
        encryptType: 1,
        wifiType: 2,
        ssid: 'site-4-backup',
        passwd: 'Gull-48-mooring',
        IP: '10.61.9.40',
        gateway: '10.61.9.1',
        subnet_mask: '255.255.255.0',
        DNS: '10.61.9.1',
        DNS2: '10.61.7.2',
      },
    ],
    getMailConf: [
      {
        smtp_addr: '10.61.7.21',
        smtp_port: 587,
        enable_ssl: 1,
        to_name: 'gate north',
        to_addr: 'gate-north@mail.site-4.lan',
        to_passw: 'Reef-92-signal',
        from_user: 'watch@mail.site-4.lan',
        smtp_user: 'gate-north',
        smtp_passw: 'Reef-92-signal',
      },
    ],
    getGb28181: [
      {
        server_id: '31011500002000000004',
        server_addr: '10.61.7.22',
        server_port: 5066,
        device_port: 5062,
        user_name: '31011500001320000417',
        password: 'Dock-31-ferry',
        channel_id: '31011500001310000417',
        alarm_id: '31011500001340000417',
        regist_effecttime: 7200,
        register_type: 0,
      },
    ],
    getRtspConf: [{ enable: 1, audio_main: 1, audio_sub: 0 }],
    getRtmpConf: [{ RtmpEnable: 1, RtmpServerAddr: 'rtmp://10.61.7.26:1935/site-4/gate-north', RtmpType: 1 }],
    getAlarmInConf: [wired],
    getODAlarmConf: [wired],
    getMotionDetConf: [{ ...wired, md_enable: 1 }],
    getRegInvConf: [{ ...wired, md_enable: 1 }],
    getIVSConf: [{ ...wired, enable: 1 }],
  };
}
