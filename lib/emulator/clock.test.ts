import { describe, expect, it } from 'vitest';
import { createClock } from './clock.ts';

describe('clock', () => {
  const clockAt = (start?: number) => {
    const host = { ms: 1_000_000_000_000 };
    return { host, clock: createClock(start, () => host.ms) };
  };

  it('shows the time of the host and ticks with it', () => {
    const { host, clock } = clockAt();
    expect(clock.seconds()).toBe(1_000_000_000);
    host.ms += 1500;
    expect(clock.seconds()).toBe(1_000_000_001);
  });

  it('starts where it is told to', () => {
    const { host, clock } = clockAt(1669272654);
    expect(clock.seconds()).toBe(1669272654);
    host.ms += 2000;
    expect(clock.seconds()).toBe(1669272656);
    expect(clock.drift()).toBe(0);
  });

  it('goes on from what it was set to, until it is synchronised', () => {
    const { host, clock } = clockAt();
    clock.set(5000);
    host.ms += 3000;
    expect(clock.seconds()).toBe(5003);
    expect(clock.drift()).toBe(5000 - 1_000_000_000);
    clock.synchronise();
    expect(clock.seconds()).toBe(1_000_000_003);
    expect(clock.drift()).toBe(0);
  });
});
