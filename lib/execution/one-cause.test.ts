import { describe, expect, it } from 'vitest';
import { deviceTimedRestart } from '../document/sections/08-device-timed-restart.ts';
import { osd } from '../document/sections/24-osd.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import type { Judged } from './judged.ts';
import { head } from './planting.fixture.ts';
import { runSection } from './section-run.fixture.ts';

const against = (judged: readonly Judged[]): readonly string[] =>
  judged.flatMap(({ id, verdict }) => (verdict === 'fail' || verdict === 'warn' ? [id] : []));
const blocked = (judged: readonly Judged[]): readonly Judged[] => judged.filter(({ message }) => message?.startsWith('same cause as '));
const run = (section: Parameters<typeof runSection>[0], embedded: EmulatorOptions): Promise<readonly Judged[]> => runSection(section, { embedded });

describe('what one fault does to every action', () => {
  it('is told once: HTTP 401 in place of the text', async () => {
    const judged = await run(osd, {
      http: { reply: (reply) => (Buffer.from(reply.body).toString().startsWith('error user') ? { ...reply, status: 401 } : reply) },
    });
    expect(against(judged)).toEqual(['osd/setOsdConf/wrong-user']);
    expect(blocked(judged).map(({ id, skipReason }) => [id, skipReason])).toContainEqual(['osd/setOsdConf/plain-password', 'blocked']);
  });

  it('is told once: an identity that is another one in each reply', async () => {
    let count = 0;
    const judged = await run(osd, {
      tamper: {
        reply: (_, __, reply) => {
          count += 1;
          return { ...reply, device_id: `X${count}` };
        },
      },
    });
    expect(against(judged).filter((id) => id.endsWith('/envelope'))).toEqual(['osd/getOsdConf/envelope']);
  });

  it('is told once: two framings in each reply', async () => {
    const judged = await run(osd, {
      tamper: {
        wire: (_, body) =>
          head('200 OK', `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`, 'Transfer-Encoding: chunked\r\n').replace(
            /Content-Length: \d+/,
            `Content-Length: ${Buffer.byteLength(body)}`,
          ),
      },
    });
    expect(against(judged)).toEqual(['osd/getOsdConf/syntax']);
  });

  it('is told once: code 1 for sets that are carried out', async () => {
    const judged = await run(osd, {
      tamper: { reply: (action, _, reply) => (action === 'setOsdConf' ? { ...reply, code: 1, log: 'set failed' } : reply) },
    });
    expect(against(judged)).toEqual(['osd/setOsdConf/reply']);
    expect(judged.find(({ id }) => id === 'osd/setOsdConf/reply')?.message).toContain('set failed');
  });

  it('is told once in all sections: code 1 for sets that are carried out', async () => {
    const judged = await run([osd, deviceTimedRestart], {
      tamper: {
        reply: (action, _, reply) =>
          /^set(Osd|Reboot)Conf$/.test(action) && reply.code === 0 ? { ...reply, code: 1, log: `'${action}' success` } : reply,
      },
    });
    expect(against(judged)).toEqual(['osd/setOsdConf/reply']);
    expect(blocked(judged).map(({ id }) => id)).toContain('device-timed-restart/setRebootConf/reply');
  });

  it('is told once: error user/pwd for every set', async () => {
    const judged = await run(osd, { tamper: { admits: (_, __, isRight, action) => isRight && !action.startsWith('set') } });
    expect(against(judged)).toEqual(['osd/setOsdConf/reply']);
  });
});

describe('a get that is never answered', () => {
  it('is one finding, and is not asked for again by each check', async () => {
    let asked = 0;
    const judged = await runSection(deviceTimedRestart, {
      embedded: {
        timeoutMs: 300,
        http: {
          request: ({ url }) => {
            if (!url?.includes('action=getRebootConf')) return undefined;
            asked += 1;
            return 'drop';
          },
        },
      },
    });
    expect(against(judged)).toEqual(['device-timed-restart/getRebootConf/reply']);
    expect(judged.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id)).toEqual([]);
    expect(asked).toBeLessThan(20);
  });
});
