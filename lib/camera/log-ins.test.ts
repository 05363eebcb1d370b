import { expect, it } from 'vitest';
import { withCamera } from './embedded-camera.fixture.ts';
import { AccountLocked } from './log-ins.ts';

/** Lets nobody in for so many requests behind each wrong log-in, and notes what was tried. */
function locking(requests: number) {
  let locked = 0;
  const tried: string[] = [];
  return {
    tried,
    tamper: {
      admits: (_user: string | undefined, _digest: string | undefined, isRight: boolean): boolean => {
        tried.push(isRight ? 'right' : 'wrong');
        if (!isRight) locked = requests;
        else if (locked > 0) {
          locked -= 1;
          return false;
        }
        return isRight;
      },
    },
  };
}

const WRONG = { credentials: 'wrong-password', retryBusy: false } as const;

it('never sends two wrong ones without a right one between', async () => {
  const { tried, tamper } = locking(0);
  await withCamera({ tamper }, async ({ camera }) => {
    for (let times = 0; times < 3; times += 1) expect((await camera.call('getOsdConf', null, WRONG)).kind).toBe('error-user');
    await camera.call('getOsdConf', null);
    expect((await camera.call('getOsdConf', null, WRONG)).kind).toBe('error-user');
  });
  expect(tried).toEqual(['wrong', 'right', 'wrong', 'right', 'wrong', 'right', 'wrong']);
});

it('waits for an account that is locked, tells of it, and sends no more wrong ones', async () => {
  const { tried, tamper } = locking(7);
  await withCamera({ tamper }, async ({ camera }) => {
    const told: string[] = [];
    camera.logIns.onLocked((sentence) => told.push(sentence));
    await camera.call('getOsdConf', null, WRONG);
    expect((await camera.call('getOsdConf', null)).kind).toBe('done');
    expect(told).toEqual([
      'The camera locked its account after 1 wrong log-in, none of them without a right one behind it, and opened it again within 7 s: no more wrong ones were sent.',
    ]);
    await expect(camera.call('getOsdConf', null, WRONG)).rejects.toMatchObject({ isOver: true });
    await expect(camera.call('getOsdConf', null, WRONG)).rejects.toBeInstanceOf(AccountLocked);
  });
  expect(tried).toEqual(['wrong', ...Array.from({ length: 9 }, () => 'right')]);
});

it('is given up where it stays locked', async () => {
  const { tamper } = locking(Number.POSITIVE_INFINITY);
  await withCamera({ tamper }, async ({ camera }) => {
    await camera.call('getOsdConf', null, WRONG);
    await expect(camera.call('getOsdConf', null)).rejects.toMatchObject({
      isOver: false,
      message: expect.stringMatching(/did not open it again within 10 min/),
    });
  });
});

it('takes one refusal for a fault, which a check judges', async () => {
  const { tamper } = locking(1);
  await withCamera({ tamper }, async ({ camera }) => {
    await camera.call('getOsdConf', null, WRONG);
    expect((await camera.call('getOsdConf', null)).kind).toBe('error-user');
    expect((await camera.call('getOsdConf', null, WRONG)).kind).toBe('error-user');
  });
});
