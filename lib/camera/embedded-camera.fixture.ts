/** A camera of its own for a test: the emulator, and the suite's way to it. All hazards are allowed; nothing waits before a retry. */

import { CGI } from '../cgi/cgi-dialect.ts';
import { HAZARDS } from '../document/notation.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../emulator/emulator.ts';
import { CameraClient } from '../http/client.ts';
import { Camera } from './camera.ts';

export interface EmbeddedCamera {
  readonly camera: Camera;
  readonly emulator: Emulator;
}

const [USER, PASSWORD] = ['admin', '123456'] as const;
/** It shows what was set at once, unless its habits say otherwise. */
const SETTLING_MS = 300;

export interface EmbeddedOptions extends EmulatorOptions {
  /** how long a change is waited for, in ms */
  readonly settlingMs?: number;
  /** limit for one request, in ms */
  readonly timeoutMs?: number;
}

export async function withCamera<T>(options: EmbeddedOptions, use: (embedded: EmbeddedCamera) => Promise<T>): Promise<T> {
  const emulator = await startEmulator(options);
  const baseUrl = new URL(emulator.url);
  const client = new CameraClient({
    dialect: CGI,
    baseUrl,
    user: USER,
    password: PASSWORD,
    timeoutMs: options.timeoutMs ?? 5000,
    concurrency: 1,
    secretNames: new Set(),
    sleep: async () => {},
  });
  try {
    const camera = new Camera({
      client,
      allowed: new Set(HAZARDS),
      user: USER,
      password: PASSWORD,
      rtspUrl: null,
      baseUrl,
      settlingMs: options.settlingMs ?? SETTLING_MS,
      sleep: async () => {},
    });
    return await use({ camera, emulator });
  } finally {
    await client.close();
    await emulator.close();
  }
}
