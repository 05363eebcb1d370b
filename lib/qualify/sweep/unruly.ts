/**
 * Firmwares that do more, less or something else than they are told, each in one way: whatever they do, a run leaves them as they were, or
 * says what is not. Made for any section: none mentions a parameter.
 */
import { isMembers, type Members } from '../../document/row-value.ts';
import type { EmulatorOptions } from '../../emulator/emulator.ts';
import { DONE } from '../../emulator/handler.ts';
import type { Table } from '../../emulator/model.ts';
import type { Store } from '../../emulator/store.ts';
import type { Tamper } from '../../emulator/tamper.ts';

export interface Unruly {
  readonly id: string;
  readonly says: string;
  make(): EmulatorOptions;
  /** how long it goes on by itself, in ms */
  readonly restMs?: number;
}

const tampering = (make: () => Tamper): Unruly['make'] => {
  return () => ({ tamper: make() });
};

/** What another value than the one that is stored stands behind. */
const isChange = (changes: Members, before: Members): boolean =>
  Object.entries(changes).some(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]));

/** A switch that a set did not name. */
const switchBeside = (changes: Members, before: Members): string | undefined =>
  Object.keys(before).findLast((name) => !(name in changes) && (before[name] === 0 || before[name] === 1));

const isSet = (action: string): boolean => action.startsWith('set') && action !== 'setPasswd';
const isGet = (action: string): boolean => action.startsWith('get');

/** The first number of a reply that is no part of its envelope. */
function withOtherNumber(reply: Members): Members {
  const name = Object.keys(reply).find((each) => typeof reply[each] === 'number' && each !== 'code');
  return name === undefined ? reply : { ...reply, [name]: Number(reply[name]) + 1 };
}

/** Does something else from the so many-th set of an action on. */
const fromSet = (which: number, instead: NonNullable<Tamper['performs']>): Unruly['make'] =>
  tampering(() => {
    const counts = new Map<string, number>();
    return {
      performs: (action, json, camera, perform) => {
        if (!isSet(action)) return perform();
        const count = (counts.get(action) ?? 0) + 1;
        counts.set(action, count);
        return count >= which ? instead(action, json, camera, perform) : perform();
      },
    };
  });

const REFUSED = 205;
/** Longer than the run waits for a change to show. */
const LATE_MS = 300;

export const UNRULY: readonly Unruly[] = [
  {
    id: 'couples',
    says: 'each change of an action turns a switch of the same action on that it does not name',
    make: tampering(() => ({
      stored: (_, changes, before) => {
        const beside = isChange(changes, before) ? switchBeside(changes, before) : undefined;
        return beside === undefined ? changes : { ...changes, [beside]: 1 };
      },
    })),
  },
  {
    id: 'toggles',
    says: 'each change of an action turns a switch of the same action over that it does not name',
    make: tampering(() => ({
      stored: (_, changes, before) => {
        const beside = isChange(changes, before) ? switchBeside(changes, before) : undefined;
        return beside === undefined ? changes : { ...changes, [beside]: 1 - Number(before[beside]) };
      },
    })),
  },
  {
    id: 'couples-sections',
    says: 'each set changes a text of another section',
    make: tampering(() => ({
      performs: (action, _, camera, perform) => {
        const other = action === 'setSysConfig' ? ['getOsdConf', 'font_size', 0] : ['getSysConfig', 'dev_name', `by ${action}`];
        if (isSet(action)) camera.store.write(String(other[0]), 0, { [String(other[1])]: other[2] });
        return perform();
      },
    })),
  },
  {
    id: 'resets-the-rest',
    says: 'a set puts what it does not name to the value of the factory',
    make: tampering(() => ({
      performs: async (action, json, camera, perform) => {
        const table = [...camera.store.tables.values()].find(({ set }) => set === action);
        const index = table?.instances.findIndex(({ select }) => Object.entries(select).every(([name, value]) => json?.[name] === value)) ?? -1;
        const reply = await perform();
        if (table === undefined || json === null || reply.code !== 0 || isNetwork(table)) return reply;
        const { start } = table.instances[Math.max(0, index)] ?? { start: {} };
        camera.store.write(table.get, Math.max(0, index), Object.fromEntries(Object.entries(start).filter(([name]) => !(name in json))));
        return reply;
      },
    })),
  },
  {
    id: 'clamps-what-was',
    says: 'numbers above 40 are stored as 40, although the camera came with others',
    make: tampering(() => ({ stored: (_, changes) => mapped(changes, (value) => (typeof value === 'number' && value > 40 ? 40 : value)) })),
  },
  {
    id: 'small-letters',
    says: 'texts are stored in small letters, although the camera came with others',
    make: tampering(() => ({ stored: (_, changes) => mapped(changes, (value) => (typeof value === 'string' ? value.toLowerCase() : value)) })),
  },
  {
    id: 'numbers-as-texts',
    says: 'what is set as a number is a text from then on',
    make: tampering(() => ({ stored: (_, changes) => mapped(changes, (value) => (typeof value === 'number' ? String(value) : value)) })),
  },
  ...[1, 2, 3, 5].map(
    (which): Unruly => ({
      id: `lies-once-${which}`,
      says: `the ${which}. reading of each get shows another number`,
      make: tampering(() => {
        const counts = new Map<string, number>();
        return {
          reply: (action, json, reply) => {
            if (!isGet(action)) return reply;
            const key = `${action} ${JSON.stringify(json)}`;
            counts.set(key, (counts.get(key) ?? 0) + 1);
            return counts.get(key) === which ? withOtherNumber(reply) : reply;
          },
        };
      }),
    }),
  ),
  {
    id: 'lies-behind-sets',
    says: 'the first reading behind each set shows another number',
    make: tampering(() => {
      let isLie = false;
      return {
        reply: (action, _, reply) => {
          if (isSet(action)) isLie = true;
          if (!isLie || !isGet(action)) return reply;
          isLie = false;
          return withOtherNumber(reply);
        },
      };
    }),
  },
  ...[2, 4, 12].flatMap((which): readonly Unruly[] => [
    { id: `refuses-from-${which}`, says: `each set is refused from its ${which}. time on`, make: fromSet(which, () => ({ code: REFUSED })) },
    {
      id: `ignores-from-${which}`,
      says: `each set is answered with code 0 and ignored from its ${which}. time on`,
      make: fromSet(which, () => DONE),
    },
  ]),
  {
    id: 'late',
    says: 'what was set is stored when nobody waits for it any more',
    make: tampering(() => ({
      performs: (action, _, __, perform) => {
        if (!isSet(action)) return perform();
        setTimeout(() => void perform(), LATE_MS);
        return DONE;
      },
    })),
    restMs: 2 * LATE_MS,
  },
  {
    id: 'all-instances',
    says: 'a set of one instance sets all of them',
    make: tampering(() => ({
      performs: async (action, json, camera, perform) => {
        const reply = await perform();
        const table = [...camera.store.tables.values()].find(({ set }) => set === action);
        if (table === undefined || table.instances.length < 2 || json === null || reply.code !== 0) return reply;
        const own = table.instances.findIndex(({ select }) => Object.entries(select).every(([name, value]) => json[name] === value));
        const values = camera.store.values(table.get, Math.max(0, own));
        const named = Object.fromEntries(Object.entries(values).filter(([name]) => name in json));
        for (const index of table.instances.keys()) camera.store.write(table.get, index, named);
        return reply;
      },
    })),
  },
  {
    id: 'parameter-vanishes',
    says: 'behind the first set of an action its get does not show one of its switches any more',
    make: tampering(() => {
      const gone = new Map<string, string>();
      return {
        stored: (action, changes, before) => {
          const beside = switchBeside(changes, before);
          if (beside !== undefined && !gone.has(action)) gone.set(action.replace(/^set/, 'get'), beside);
          return changes;
        },
        reply: (action, _, reply) => {
          const name = gone.get(action);
          return name === undefined ? reply : Object.fromEntries(Object.entries(reply).filter(([each]) => each !== name));
        },
      };
    }),
  },
  {
    id: 'forgets-at-restart',
    says: 'a restart, and a reset, put everything to the values of the factory',
    make: tampering(() => ({
      performs: async (action, _, camera, perform) => {
        const reply = await perform();
        if ((action === 'restart' || action === 'reset') && reply.code === 0) forget(camera.store);
        return reply;
      },
    })),
  },
  {
    id: 'reset-takes-files',
    says: 'a reset empties the text files, too',
    make: tampering(() => ({
      performs: async (action, _, camera, perform) => {
        const reply = await perform();
        if (action === 'reset' && reply.code === 0) for (const path of camera.memory.files.keys()) camera.memory.files.set(path, '');
        return reply;
      },
    })),
  },
  {
    id: 'default-takes-more',
    says: 'a restore to defaults takes what no set changes with it',
    make: tampering(() => ({
      performs: async (action, json, camera, perform) => {
        const reply = await perform();
        const isDefault = json !== null && Object.keys(json).some((name) => /default/i.test(name));
        if (!isDefault || reply.code !== 0) return reply;
        const table = [...camera.store.tables.values()].find(({ set }) => set === action);
        const fixed = table?.rows.find(({ access, name }) => access[0] === 'N' && typeof camera.store.values(table.get)[name] === 'number');
        if (table !== undefined && fixed !== undefined) camera.store.write(table.get, 0, { [fixed.name]: 1 });
        return reply;
      },
    })),
  },
];

function mapped(value: Members, change: (value: unknown) => unknown): Members {
  const each = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(each);
    return isMembers(inner) ? mapped(inner, change) : change(inner);
  };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, each(inner)]));
}

/** Where it is reached by it stays reached. */
function forget({ tables, write }: Store): void {
  for (const table of tables.values()) {
    const own = table.rows.filter(({ hazard, sameAs }) => hazard === undefined && sameAs === undefined).map(({ name }) => name);
    if (isNetwork(table)) continue;
    for (const [index, { start }] of table.instances.entries())
      write(table.get, index, Object.fromEntries(Object.entries(start).filter(([name]) => own.includes(name))));
  }
}

const isNetwork = ({ parts }: Table): boolean =>
  parts.some(({ hazards, rows }) => hazards?.includes('network') || rows.some(({ hazard }) => hazard === 'network'));
