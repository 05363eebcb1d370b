/**
 * The camera behind `cgi_action`: from an action and its `json` to a reply. Generic over the rows of the document;
 * what they cannot say is in `sections/`. Knows nothing of HTTP.
 */
import type { Command, Section } from '../document/notation.ts';
import { isMembers, type Members, valueIn } from '../document/row-value.ts';
import { JSON_ERROR_TEXT, NOT_SUPPORTED_CODE } from '../document/sections/01-generic.ts';
import { accept, ILLEGAL_CODE, type Verdict } from './accept.ts';
import { type Account, createAccount } from './account.ts';
import { type Clock, createClock } from './clock.ts';
import { startElement } from './defaults.ts';
import { envelope, literalEnvelope } from './envelope.ts';
import type { Camera, Handler, Machine, Reply } from './handler.ts';
import { createMemory, type Memory, memoryContents } from './memory.ts';
import { createTables, type Model, type Starts, type Table } from './model.ts';
import { HANDLERS } from './sections/index.ts';
import { createStore, type Store } from './store.ts';
import type { Perform, Tamper } from './tamper.ts';

/** Commands with an endpoint of their own. */
const ENDPOINTS: ReadonlySet<string> = new Set(['telnet', 'cgi_images']);

export interface Served {
  readonly body: string;
  /** the code, or the text of the error */
  readonly result: number | string;
  readonly afterwards?: () => void;
}

export interface CameraParts {
  readonly sections: readonly Section[];
  readonly model: Model;
  readonly user: string;
  readonly password: string;
  readonly machine: Machine;
  readonly snapshot: (store: Store) => Promise<Uint8Array>;
  readonly tamper?: Tamper | undefined;
  readonly starts?: Starts | undefined;
  /** how many ms a change takes until a get shows it */
  readonly settlingMs?: number | undefined;
  /** in ms; the clock's is the host's */
  readonly now?: (() => number) | undefined;
}

export interface EmulatedCamera {
  readonly account: Account;
  readonly store: Store;
  readonly memory: Memory;
  run(action: string, json: string | undefined): Served | Promise<Served>;
  /** a reply of that action as it goes out, its envelope around it */
  reply(action: string, reply: Reply): Served;
  /** settings, account, clock and memory; the same for the same history */
  state(): Record<string, unknown>;
}

interface Route {
  readonly handler: Handler;
  /** a set, or a command with parameters: not to be had without `json` */
  readonly needsJson: boolean;
  /** the table of a plain get, whose reply text is kept until something changes */
  readonly plain: Table | null;
}

export function createCamera({
  sections,
  model,
  user,
  password,
  machine,
  snapshot,
  tamper,
  starts,
  settlingMs = 0,
  now,
}: CameraParts): EmulatedCamera {
  const tables = createTables(sections, model, starts);
  const bySet = new Map([...tables.values()].flatMap((table) => (table.set === undefined ? [] : [[table.set, table] as const])));
  const commands = groupCommands(sections);
  const store = createStore(tables, now);
  const shown = settlingMs > 0 ? store.lagging(settlingMs) : store;
  const account = createAccount(user, password);
  const memory = createMemory();
  const clock: Clock = createClock(
    model === 'literal' || starts?.getDeviceTime?.[0]?.deviceTime !== undefined
      ? Number(tables.get('getDeviceTime')?.instances[0]?.values.deviceTime) || undefined
      : undefined,
  );

  const get = (action: string, json: Members): Reply => {
    const table = demand(tables.get(action), action);
    const instance = instanceIn(table, json);
    if (instance === undefined) return { code: ILLEGAL_CODE };
    if (!table.instances[instance]?.offered) return { code: NOT_SUPPORTED_CODE };
    return { code: 0, members: spelled(table, shown.values(action, instance)) };
  };
  const judge = (action: string, json: Members): Verdict => {
    const table = demand(bySet.get(action), action);
    const values = store.values(table.get, instanceIn(table, json) ?? 0);
    return accept({ parts: table.parts.map(({ rows }) => rows), values, excused: table.excused }, json);
  };
  const keep = (action: string, changes: Members, instance = 0): void => {
    const table = demand(bySet.get(action), action);
    const kept = Object.fromEntries(Object.entries(changes).filter(([name]) => isKept(table, name)));
    store.write(table.get, instance, tamper?.stored ? tamper.stored(action, kept, store.values(table.get, instance)) : kept);
  };
  const set = (action: string, json: Members): Reply => {
    const table = demand(bySet.get(action), action);
    const instance = instanceIn(table, json);
    if (instance === undefined) return { code: ILLEGAL_CODE };
    if (!table.instances[instance]?.offered) return { code: NOT_SUPPORTED_CODE };
    const verdict = judge(action, json);
    if (verdict.kind === 'refused') return { code: verdict.code };
    keep(action, verdict.changes, instance);
    return { code: 0 };
  };
  const judgeCommand = (action: string, json: Members, place?: string): Verdict => {
    const parts = demand(commands.get(action), action);
    const part = demand(place === undefined ? parts[0] : parts.find((each) => each.place === place), `${action} ${place}`);
    return accept({ parts: [part.rows], values: {} }, json);
  };
  const camera: Camera = { model, store, account, clock, memory, machine, get, set, judge, keep, judgeCommand, snapshot: () => snapshot(store) };

  const routes = new Map<string, Route>();
  for (const [action, parts] of commands) {
    const needsJson = parts.some(({ rows }) => rows.length > 0);
    routes.set(action, { handler: HANDLERS[action] ?? genericCommand(action, parts), needsJson, plain: null });
  }
  for (const [action, table] of tables) {
    const special = HANDLERS[action];
    routes.set(action, {
      handler: special ?? ((_, json) => get(action, json ?? {})),
      needsJson: false,
      plain: special || tamper || settlingMs > 0 ? null : table,
    });
  }
  for (const action of bySet.keys()) {
    routes.set(action, { handler: HANDLERS[action] ?? ((_, json) => set(action, json ?? {})), needsJson: true, plain: null });
  }

  function genericCommand(action: string, parts: readonly Command[]): Handler {
    const example = parts[0]?.example.reply ?? {};
    const rows = parts.flatMap((part) => part.replies ?? []);
    const members = model === 'literal' ? example : startElement(rows, example);
    return (_, json) => {
      const verdict = judgeCommand(action, json ?? {});
      return verdict.kind === 'refused' ? { code: verdict.code } : { code: 0, members };
    };
  }

  const address = (): string => {
    const values = tables.has('getWiredNetwork') ? store.values('getWiredNetwork') : {};
    return String(values.IP ?? values.device_ip ?? '');
  };
  const finish = (action: string, json: Members | null, reply: Reply): Served => {
    const literal = model === 'literal' && reply.code === 0;
    const whole = { ...reply.members, ...(literal ? literalEnvelope(action, reply.code, address()) : envelope(reply.code, address())) };
    const sent = tamper?.reply ? tamper.reply(action, json, whole) : whole;
    const body = typeof sent === 'string' ? sent : JSON.stringify(sent);
    return { body, result: reply.code, ...(reply.afterwards ? { afterwards: reply.afterwards } : {}) };
  };

  const kept = new Map<string, { version: number; outcome: Served }>();
  return {
    account,
    store,
    memory,
    run: (action, text) => {
      const route = routes.get(action);
      if (!route || (route.needsJson && text === undefined)) return refusal(tamper, action);
      const json = text === undefined || text === '' ? (route.needsJson ? undefined : null) : parseMembers(text);
      if (json === undefined) return refusal(tamper, action);
      const refused = tamper?.refuses?.(action, json) ?? null;
      if (refused !== null) return refused === 'text' ? refusal(tamper, action) : finish(action, json, { code: refused });
      const key = route.plain ? `${action} ${instanceIn(route.plain, json ?? {})}` : '';
      const known = route.plain ? kept.get(key) : undefined;
      if (known?.version === store.version()) return known.outcome;
      const perform: Perform = (instead = json) => route.handler(camera, instead);
      const reply = tamper?.performs ? tamper.performs(action, json, camera, perform) : perform();
      if (reply instanceof Promise) return reply.then((later) => finish(action, json, later));
      const outcome = finish(action, json, reply);
      if (route.plain) kept.set(key, { version: store.version(), outcome });
      return outcome;
    },
    reply: (action, reply) => finish(action, null, reply),
    state: () => ({ settings: store.contents(), account: account.contents(), clock: { drift: clock.drift() }, ...memoryContents(memory) }),
  };
}

function refusal(tamper: Tamper | undefined, action: string): Served {
  const sent = tamper?.text?.(action, JSON_ERROR_TEXT, action) ?? JSON_ERROR_TEXT;
  return { body: `${sent}\r\n`, result: sent };
}

/** An object, or undefined for anything else. */
function parseMembers(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function groupCommands(sections: readonly Section[]): Map<string, Command[]> {
  const commands = new Map<string, Command[]>();
  for (const part of sections.flatMap((section) => section.parts)) {
    if (part.kind === 'command' && !ENDPOINTS.has(part.action)) commands.set(part.action, [...(commands.get(part.action) ?? []), part]);
  }
  return commands;
}

/** The first instance where the request names none; undefined for one that the camera does not have. */
function instanceIn(table: Table, json: Members): number | undefined {
  const named = Object.keys(json).some((name) => table.selectors.has(name));
  if (!named) return 0;
  const index = table.instances.findIndex(({ select }) => Object.entries(select).every(([name, value]) => json[name] === value));
  return index === -1 ? undefined : index;
}

/** Whether a get will show it: a parameter of the set table alone, such as `bssid`, is taken and not kept. */
function isKept(table: Table, name: string): boolean {
  const row = table.rows.find((each) => each.name === name);
  if (!row) return false;
  return row.access[0] !== '-' || table.parts.some(({ example }) => valueIn(row, example.reply) !== undefined);
}

/** Stored values under the names that a reply shows. */
function spelled(table: Table, values: Members): Members {
  if (table.spellings.size === 0) return values;
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (table.spellings.get(name) ?? [name]).map((spelling) => [spelling, value] as const)),
  );
}

function demand<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`Could not find ${name}: the document has no such action.`);
  return value;
}
