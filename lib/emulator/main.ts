/**
 * An emulator as a process of its own. It is told what to do over IPC, and ends when that channel does. It outlives an
 * interrupt from the keyboard, which reaches the whole process group: whoever started it may have settings to put back.
 */
import type { FromEmulator, ToEmulator } from './control.ts';
import { type Emulator, startEmulator } from './emulator.ts';

let emulator: Emulator | undefined;

const say = (message: FromEmulator): void => {
  if (process.connected) process.send?.(message);
};

async function follow(message: ToEmulator): Promise<void> {
  if (message.kind === 'close') {
    await emulator?.close();
    process.disconnect();
  } else if (message.kind === 'start') {
    emulator = await startEmulator(message.options);
    say({ kind: 'ready', url: emulator.url, rtspUrl: emulator.rtspUrl });
  } else if (emulator) {
    say({ kind: 'answer', id: message.id, value: emulator[message.about]() });
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
// Whoever started it may have been killed before this line was reached.
if (!process.connected) process.exit(0);
process.on('message', (message) => {
  follow(message as ToEmulator).catch((error) => {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    process.disconnect();
  });
});
