import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { LOADER } from '../start/loader.ts';
import { forkEmulator } from './process.ts';
import { createTestClient } from './test-client.ts';

it('runs an emulator of its own, tells its state, and ends', async () => {
  const emulator = await forkEmulator({ model: 'literal', requestLog: true });
  const { ask } = createTestClient(emulator);
  expect(await ask('getWiredNetwork')).toMatchObject({ webPort: 80 });
  await ask('setRebootConf', { mode: 2 });
  expect(await emulator.state()).toMatchObject({ settings: { getRebootConf: { mode: 2 } } });
  expect((await emulator.requests()).map(({ action }) => action)).toEqual(['getWiredNetwork', 'setRebootConf']);
  await expect(forkEmulator({ port: Number(new URL(emulator.url).port) })).rejects.toThrow('it is in use');
  await emulator.close();
  await expect(fetch(emulator.url)).rejects.toThrow();
  await expect(emulator.state()).rejects.toThrow('Could not ask the emulator');
}, 30_000);

it('ends when whoever started it is gone, and not by an interrupt', async () => {
  const child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)), { execArgv: [...LOADER] });
  child.send({ kind: 'start', options: {} });
  await once(child, 'message');
  child.kill('SIGINT');
  child.send({ kind: 'query', id: 1, about: 'state' });
  expect((await once(child, 'message'))[0]).toMatchObject({ kind: 'answer', id: 1 });
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
}, 30_000);
