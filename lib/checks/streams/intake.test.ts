import { expect, test } from 'vitest';
import { Intake } from './intake.ts';

test.each([
  ['packets', 1, [true, true, true, false]],
  ['bytes', 40, [true, true, false, false]],
])('a session is received until its %s are too many', (_, size, room) => {
  const intake = new Intake({ packets: 3, bytes: 100 });
  expect(room.map(() => intake.hasRoomFor(size))).toEqual(room);
  expect(intake.isFlooded).toBe(true);
});

test('30 s of 16 Mbit/s in packets of 1,400 bytes have room', () => {
  const intake = new Intake();
  for (let count = 0; count < (30 * 16_000_000) / 8 / 1400; count += 1) intake.hasRoomFor(1400);
  expect(intake.isFlooded).toBe(false);
});
