/**
 * `npm run bench:streams`: many clients at once on one embedded camera, over TCP, for a while. Prints packets, gaps in sequence
 * numbers, the camera's memory at the start and at the end, and its CPU time. Figures, not assertions.
 */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { CGI } from '../lib/cgi/cgi-dialect.ts';
import { forkEmulator } from '../lib/emulator/process.ts';
import { CameraClient } from '../lib/http/client.ts';
import { parseRtp } from '../lib/media/rtp.ts';
import { RtspSession } from '../lib/rtsp/session.ts';

const program = new Command('npm run bench:streams --')
  .description('Plays many streams of one embedded camera at once and counts what is lost.')
  .option('--clients <count>', 'streams at once', '50')
  .option('--seconds <count>', 'for how long', '60')
  .option('--bitrate <kbit/s>', 'constant bit rate of the main stream; 0: variable', '0')
  .parse();
const { clients, seconds, bitrate } = program.opts<{ clients: string; seconds: string; bitrate: string }>();

/** Resident memory in MB and CPU time in seconds of a process; null where the system does not tell. */
function usage(pid: number): { readonly memoryMb: number; readonly cpuS: number } | null {
  try {
    const memory = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return { memoryMb: Number(memory) / 1024, cpuS: (Number(fields[11]) + Number(fields[12])) / 100 };
  } catch {
    return null;
  }
}

const emulator = await forkEmulator({ model: 'full' });
const http = new CameraClient({
  dialect: CGI,
  baseUrl: new URL(emulator.url),
  user: 'admin',
  password: '123456',
  timeoutMs: 10_000,
  concurrency: 1,
  secretNames: new Set(),
});
const sessions: RtspSession[] = [];
try {
  if (Number(bitrate) > 0) await http.cgi('setVencConf', { channel: 0, rc_mode: 1, bitrate: Number(bitrate) });
  let packets = 0;
  let gaps = 0;
  let bytes = 0;
  for (let client = 0; client < Number(clients); client += 1) {
    const next = new Map<number, number>();
    const session = await RtspSession.open({
      url: `${emulator.rtspUrl}/stream_0`,
      transport: 'tcp',
      credentials: { user: 'admin', password: '123456' },
      onPacket: ({ kind, bytes: data, track }) => {
        const packet = kind === 'rtp' ? parseRtp(data) : null;
        if (packet === null) return;
        packets += 1;
        bytes += data.length;
        const expected = next.get(track);
        if (expected !== undefined && packet.sequenceNumber !== expected) gaps += 1;
        next.set(track, (packet.sequenceNumber + 1) & 0xffff);
      },
    });
    sessions.push(session);
    await session.start();
  }
  const before = usage(emulator.pid);
  const began = performance.now();
  await sessions[0]?.collect({ durationMs: Number(seconds) * 1000 });
  const took = (performance.now() - began) / 1000;
  const after = usage(emulator.pid);
  console.log(
    `${clients} streams over TCP for ${took.toFixed(0)} s: ${packets} packets, ${((bytes * 8) / took / 1e6).toFixed(0)} Mbit/s, ${gaps} gaps`,
  );
  if (before !== null && after !== null) {
    console.log(
      `camera: ${before.memoryMb.toFixed(0)} MB at the start, ${after.memoryMb.toFixed(0)} MB at the end; ${(((after.cpuS - before.cpuS) / took) * 100).toFixed(0)} % of one core`,
    );
  }
} finally {
  await Promise.all(sessions.map((session) => session.close()));
  await http.close();
  await emulator.close();
}
