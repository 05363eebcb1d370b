/** How the tests of this folder try a trait: an emulator with it, asked over the wire, in a time that they turn by hand. */
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator.ts';
import { connectRtsp, type TestRtspClient } from '../../stream/test-rtsp-client.ts';
import { createTestClient, type TestClient } from '../../test-client.ts';
import { createManualTime, type ManualTime } from '../../time.ts';

export interface Played extends TestClient {
  readonly emulator: Emulator;
  readonly time: ManualTime;
  /** a request for anything, headers included */
  fetch(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** a connection that ends with the test */
  rtsp(): Promise<TestRtspClient>;
  /** the URL of a stream */
  stream(name?: string): string;
}

/** @param quirks one, or several together */
export async function playing(
  quirks: string | readonly string[],
  test: (played: Played) => Promise<void>,
  options: EmulatorOptions = {},
): Promise<void> {
  const time = createManualTime();
  const emulator = await startEmulator({ time, quirks: [quirks].flat(), requestLog: true, ...options });
  const clients: TestRtspClient[] = [];
  try {
    await test({
      ...createTestClient(emulator),
      emulator,
      time,
      fetch: (path, headers = {}) => fetch(`${emulator.url}${path}`, { headers }),
      rtsp: async () => {
        const client = await connectRtsp(Number(new URL(emulator.rtspUrl).port));
        clients.push(client);
        return client;
      },
      stream: (name = 'stream_0') => `${emulator.rtspUrl}/${name}`,
    });
  } finally {
    for (const client of clients) await client.close();
    await emulator.close();
  }
}
