import { expect, test } from 'vitest';
import { createMemory, viewOf } from './memory.ts';
import { ask, startTestCamera } from './view.fixture.ts';
import { AHEAD, moved } from './view.ts';

const movement = (command: number) => ({ command, horizontal: 50, vertical: 25, since: 1000 });

test('a movement goes on with its speeds, as far as the camera turns', () => {
  expect(moved(AHEAD, movement(4), 2000)).toEqual({ pan: 200, tilt: 0, zoom: 1 });
  expect(moved(AHEAD, movement(72), 2000)).toEqual({ pan: -200, tilt: 100, zoom: 1 });
  expect(moved(AHEAD, movement(9), 2000)).toEqual({ pan: 0, tilt: 0, zoom: 2 });
  expect(moved(AHEAD, movement(4), 60_000).pan).toBe(352);
  expect(moved(AHEAD, movement(10), 60_000).zoom).toBe(1);
});

test('focus, aperture and light do not show, nor does a movement that was not begun', () => {
  for (const command of [5, 6, 8, 11, 13]) expect(moved(AHEAD, movement(command), 9000)).toEqual(AHEAD);
  expect(viewOf(createMemory())).toEqual(AHEAD);
});

test('a movement shows in the picture until it is stopped, and a preset point brings it back', async () => {
  await using camera = await startTestCamera();
  const before = await camera.picture();
  await ask(camera, { ptz_cmd: 19, speed_v: 7 });
  await ask(camera, { ptz_cmd: 4, speed_h: 100, speed_v: 1 });
  await new Promise((resolve) => setTimeout(resolve, 60));
  await ask(camera, { ptz_cmd: 21, speed_h: 1, speed_v: 1 });
  const stopped = await camera.picture();
  expect(stopped.equals(before)).toBe(false);
  expect((await camera.picture()).equals(stopped)).toBe(true);
  await ask(camera, { ptz_cmd: 20, speed_v: 7 });
  expect((await camera.picture()).equals(before)).toBe(true);
});
