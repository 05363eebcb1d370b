/** Somebody else changes settings while a run goes on: that is said, and no camera fails for it. A camera with a fault still fails. */
import { describe, expect, test } from 'vitest';
import { deviceTimedRestart } from '../document/sections/08-device-timed-restart.ts';
import { osd } from '../document/sections/24-osd.ts';
import { runDisturbed } from './disturbed-run.fixture.ts';

/** Spread over the hundred requests that the checks of section 8 send, behind the first set: a reading that still holds is not made again. */
const MOMENTS = [36, 42, 48, 58, 64, 71, 78, 83];

describe('somebody who changes the settings of the section under test once', () => {
  const THEIRS = { mode: 2, hour: 5 };

  test.each(MOMENTS)('before request %i makes no check fail, and keeps what it set, or had it overwritten by a set that followed', async (moment) => {
    const run = await runDisturbed(deviceTimedRestart, {
      before: (request, other) => (request === moment ? other.ask('setRebootConf', THEIRS) : undefined),
    });
    expect(run.requests).toBeGreaterThan(moment);
    expect(run.complaints).toEqual([]);
    const { getRebootConf: was = {} } = run.start.settings as Record<string, Record<string, unknown>>;
    const { getRebootConf: is = {} } = run.emulator.state().settings as Record<string, Record<string, unknown>>;
    const stays = Object.keys(was).filter((name) => was[name] !== is[name]);
    expect(stays.every((name) => is[name] === THEIRS[name as keyof typeof THEIRS])).toBe(true);
    expect(run.left.map((sentence) => /: (\w+) was .* something else changed it, and it is left so$/.exec(sentence)?.[1])).toEqual(stays);
  });

  test.each([29, 71])('before request %i, when nothing follows that names it, keeps it', async (moment) => {
    const run = await runDisturbed(deviceTimedRestart, {
      before: (request, other) => (request === moment ? other.ask('setRebootConf', THEIRS) : undefined),
    });
    expect(run.emulator.state().settings).toMatchObject({ getRebootConf: THEIRS });
  });

  test.each([
    [40, /^device-timed-restart\/\S+ did not pass at first, and passed when it was repeated: /],
    [50, /^getRebootConf showed hour 1, then 5, although no set in between named it/],
  ])('before request %i is told of, with what changed', async (moment, notice) => {
    const { report } = await runDisturbed(deviceTimedRestart, {
      before: (request, other) => (request === moment ? other.ask('setRebootConf', { mode: 2, hour: 5 }) : undefined),
    });
    expect(report.notices[0]).toMatch(notice);
  });
});

test('somebody who changes another section makes no check fail, is told of, and not written over', async () => {
  const run = await runDisturbed(deviceTimedRestart, {
    before: (request, other) => (request === 40 ? other.ask('setOsdConf', { font_size: 2 }) : undefined),
  });
  expect(run.complaints).toEqual([]);
  expect(run.report.notices).toEqual([expect.stringMatching(/setRebootConf\/other-sections did not pass at first.*font_size changed from 1 to 2\./)]);
  expect(run.emulator.state().settings).toMatchObject({ getOsdConf: { font_size: 2 } });
  expect(run.left).toEqual([
    '24.2 setOsdConf: font_size was 1 and is now 2; no request of this run was about it, so that something else changed it, and it is left so',
  ]);
});

describe('somebody who changes a setting again and again', () => {
  // Before each single request it would be no hand's doing: see `same-again.ts`.
  test.each([2, 3, 5, 9, 20, 37])('before every %i. request makes no check fail, and is told of', async (every) => {
    let value = 0;
    const run = await runDisturbed(osd, {
      before: (request, other) => {
        if (request % every !== 0) return undefined;
        value = 1 - value;
        return other.ask('setOsdConf', { show_week: value });
      },
    });
    expect(run.complaints).toEqual([]);
    expect(run.report.notices.length).toBeGreaterThan(0);
    for (const { verdict, skipReason, message } of run.judged) {
      if (verdict === 'skip' && skipReason === 'blocked')
        expect(message).toMatch(/Something else changes the settings|could not be|has to work first|what is set is not known/);
    }
  });
});

test('a camera that changes a neighbour fails for it, whoever else changes settings', async () => {
  const run = await runDisturbed(deviceTimedRestart, {
    tamper: {
      stored: (action, changes) => (action === 'setRebootConf' && 'hour' in changes && !('minute' in changes) ? { ...changes, minute: 42 } : changes),
    },
    before: (request, other) => (request === 60 ? other.ask('setOsdConf', { font_size: 2 }) : undefined),
  });
  expect(run.complaints).toEqual(['device-timed-restart/hour/isolation']);
});

test.each([1, 2, 5, 11, 19])('a get that lies once, in its %i. reading, is nobody else, and its lie is never set', async (which) => {
  let readings = 0;
  const run = await runDisturbed(deviceTimedRestart, {
    tamper: {
      reply: (action, _, reply) => {
        if (action === 'getRebootConf') readings += 1;
        return action === 'getRebootConf' && readings === which ? { ...reply, day_week: Number(reply.day_week) + 1 } : reply;
      },
    },
  });
  expect(readings).toBeGreaterThan(which);
  expect({ left: run.left, isAsBefore: run.isAsBefore }).toEqual({ left: [], isAsBefore: true });
});

test('without anybody else nothing is told', async () => {
  const { complaints, report } = await runDisturbed(deviceTimedRestart);
  expect({ complaints, notices: report.notices, repeated: report.repeated }).toEqual({ complaints: [], notices: [], repeated: [] });
});
