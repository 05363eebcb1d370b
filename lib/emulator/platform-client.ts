/**
 * Section 12 as it was seen in the field: the camera logs in to the WebSocket platform whose address is set, says that it is online, shows
 * that it still is, and carries out what the platform asks. It only ever talks to this computer: an address elsewhere is as one that nothing
 * answers at.
 */
import { randomBytes } from 'node:crypto';
import { isMembers, type Members } from '../document/row-value.ts';
import { NOT_SUPPORTED_CODE } from '../document/sections/01-generic.ts';
import { type Connection, connectWebSocket } from '../wire/web-socket.ts';
import type { EmulatedCamera, Served } from './camera.ts';
import { PASSWORD_ERROR_CODE } from './sections/04-change-user-password.ts';
import type { Time } from './time.ts';

/** So long the platform may take to answer. */
export const ANSWER_MS = 10_000;
export const HEARTBEAT_MS = 30_000;
/** From the end of a connection to the next try. */
export const RETRY_MS = 5000;
const DEFAULT_PORT = 80;

export interface PlatformClientParts {
  readonly camera: EmulatedCamera;
  readonly time: Time;
  /** how many watch at the moment */
  readonly users: () => number;
  readonly log: (action: string, json: string | undefined, result: number | string) => void;
}

export interface PlatformClient {
  /** looks whether the address has changed: after whatever may have changed it */
  look(): void;
  /** the connection ends, and is tried anew after so long */
  goAway(ms: number): void;
  close(): void;
}

/** What the camera waits for: an answer to what it said last, or the time for the next heartbeat. */
type Awaited = 'deviceOnline' | 'heartbeat' | null;

export function createPlatformClient({ camera, time, users, log }: PlatformClientParts): PlatformClient {
  let url: string | null = null;
  let connection: Connection | null = null;
  let awaited: Awaited = null;
  let isOnline = false;
  let cancel = (): void => undefined;

  const wait = (ms: number, act: () => void): void => {
    cancel();
    cancel = time.after(ms, act);
  };
  const hangUp = (): void => {
    cancel();
    const old = connection;
    connection = null;
    isOnline = false;
    awaited = null;
    old?.end();
  };
  const retry = (ms: number): void => {
    hangUp();
    if (url !== null) wait(ms, dial);
  };
  const say = (message: Members): void => connection?.send(JSON.stringify(message));
  const sayAndWait = (request: Exclude<Awaited, null>, message: Members): void => {
    awaited = request;
    say({ request_type: request, ...message, sign_tby: signature() });
    wait(ANSWER_MS, () => retry(RETRY_MS));
  };

  const online = (): void => {
    const { device_id, device_mac } = identity();
    const { dev_name, version, pf_version, ai_version } = camera.store.values('getSysConfig');
    const versions = { lib_platform_version: pf_version ?? '', lib_ai_version: ai_version ?? '', software_version: version ?? '' };
    sayAndWait('deviceOnline', { device_name: dev_name ?? '', device_id, ...versions, device_mac, sign: signature() });
  };
  const heartbeat = (): void => {
    const { device_id, device_ip } = identity();
    const { dev_name } = camera.store.values('getSysConfig');
    const timestamp = Math.floor(Date.now() / 1000);
    sayAndWait('heartbeat', { IP: device_ip, device_id, device_name: dev_name ?? '', timestamp, user_num: users() });
  };
  const identity = (): Members => parsedObject(camera.reply('deviceOnline', { code: 0 }).body) ?? {};

  const dial = (): void => {
    if (url === null) return;
    const mine: Connection = connectWebSocket(url, {
      opened: () => {
        if (connection === mine) online();
      },
      text: (text) => {
        if (connection === mine) hear(text);
      },
      closed: () => {
        if (connection === mine) retry(RETRY_MS);
      },
    });
    connection = mine;
  };

  const hear = (text: string): void => {
    const message = parsedObject(text);
    if (message === undefined) return;
    if (awaited !== null && message.resp_type === awaited) {
      if (message.code !== 0) {
        retry(RETRY_MS);
        return;
      }
      awaited = null;
      isOnline = true;
      wait(HEARTBEAT_MS, heartbeat);
    } else if (isOnline && typeof message.request_type === 'string') {
      void carryOut(message.request_type, message);
    }
  };
  const carryOut = async (action: string, { request_type: _, request_id, pass, ...members }: Members): Promise<void> => {
    const asker = connection;
    const isRight = typeof pass === 'string' && camera.account.isPassword(pass);
    const json = JSON.stringify(members);
    const { body, result, afterwards }: Served = isRight ? await camera.run(action, json) : camera.reply(action, { code: PASSWORD_ERROR_CODE });
    log(action, json, result);
    const reply = parsedObject(body) ?? parsedObject(camera.reply(action, { code: NOT_SUPPORTED_CODE }).body) ?? {};
    asker?.send(JSON.stringify({ resp_type: action, request_id, ...reply }));
    afterwards?.();
    look();
  };

  const look = (): void => {
    const now = platformUrl(camera.store.values('getPlatformServer'));
    if (now === url) return;
    url = now;
    hangUp();
    dial();
  };
  return {
    look,
    goAway: retry,
    close: () => {
      url = null;
      hangUp();
    },
  };
}

const signature = (): string => randomBytes(16).toString('hex');

/** Where the settings lead, null where that is nowhere or another computer. */
export function platformUrl({ wsServerAddr, wsServerPort }: Members): string | null {
  if (typeof wsServerAddr !== 'string' || wsServerAddr.trim() === '') return null;
  const [, host = '', port, path = '/'] = /^(?:ws:\/\/)?(127(?:\.\d{1,3}){3}|localhost)(?::(\d{1,5}))?(\/\S*)?$/.exec(wsServerAddr.trim()) ?? [];
  if (host === '') return null;
  return `ws://${host}:${port ?? (Number(wsServerPort) || DEFAULT_PORT)}${path}`;
}

function parsedObject(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
