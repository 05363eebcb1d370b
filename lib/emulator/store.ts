/** What the camera remembers: per get action, and per instance of it, the value of each row under the row's own name. */
import type { Members } from '../document/row-value.ts';
import type { Table, TableInstance } from './model.ts';

export interface Store {
  readonly tables: ReadonlyMap<string, Table>;
  values(action: string, instance?: number): Members;
  /** stores changes, each where its setting belongs: two gets may show one setting (`sameAs`) */
  write(action: string, instance: number, changes: Members): void;
  /** a value that a reset leaves alone, such as the port that the camera listens on */
  pin(action: string, name: string, value: unknown): void;
  /** back to the start values */
  reset(keep: (action: string) => boolean): void;
  /** the same camera as it was so many ms ago; what nothing but its pin changed shows at once */
  lagging(ms: number): Store;
  /** grows with every change */
  version(): number;
  /** everything, as a copy: `getOsdConf`, `getVencConf[1]` */
  contents(): Record<string, Members>;
}

/** Whoever looks back further sees what was then the oldest that is remembered. */
const REMEMBERED_MS = 60_000;

/** @param now in ms */
export function createStore(tables: ReadonlyMap<string, Table>, now: () => number = () => performance.now()): Store {
  let version = 0;
  /** what instances held, each until when; nobody looks back where nothing lags */
  const past = new Map<TableInstance, { readonly until: number; readonly values: Members }[]>();
  let isPastKept = false;
  const replace = (instance: TableInstance, values: Members): void => {
    if (isPastKept) {
      const known = (past.get(instance) ?? []).filter(({ until }) => until > now() - REMEMBERED_MS);
      past.set(instance, [...known, { until: now(), values: instance.values }]);
    }
    instance.values = values;
  };
  const present = (instance: TableInstance): Members => instance.values;
  const asOf =
    (ms: number) =>
    (instance: TableInstance): Members =>
      past.get(instance)?.find(({ until }) => until > now() - ms)?.values ?? instance.values;

  const instanceOf = (action: string, instance: number): TableInstance => {
    const found = tables.get(action)?.instances[instance];
    if (!found) throw new Error(`Could not find ${action}[${instance}]: the document has no such get.`);
    return found;
  };
  /** the get that owns a setting which this one shows too */
  const ownerOf = (action: string, name: string): string => {
    const owner = tables.get(action)?.rows.find((row) => row.name === name)?.sameAs;
    return owner !== undefined && name in (tables.get(owner)?.instances[0]?.values ?? {}) ? owner : action;
  };
  const borrowed = new Map(
    [...tables].map(([action, { rows }]) => [
      action,
      rows.map(({ name }) => [name, ownerOf(action, name)] as const).filter(([, owner]) => owner !== action),
    ]),
  );
  const valuesBy =
    (read: (instance: TableInstance) => Members) =>
    (action: string, instance = 0): Members => {
      const own = read(instanceOf(action, instance));
      const others = (borrowed.get(action) ?? []).filter(([name]) => name in own);
      if (others.length === 0) return own;
      return { ...own, ...Object.fromEntries(others.map(([name, owner]) => [name, read(instanceOf(owner, 0))[name]])) };
    };
  const values = valuesBy(present);
  const write = (action: string, instance: number, changes: Members): void => {
    for (const [name, value] of Object.entries(changes)) {
      const owner = ownerOf(action, name);
      const target = instanceOf(owner, owner === action ? instance : 0);
      replace(target, { ...target.values, [name]: value });
      version++;
    }
  };

  const store: Store = {
    tables,
    values,
    write,
    pin: (action, name, value) => {
      const target = instanceOf(action, 0);
      target.start = { ...target.start, [name]: value };
      write(action, 0, { [name]: value });
      past.delete(target);
    },
    reset: (keep) => {
      for (const [action, table] of tables) {
        if (keep(action)) continue;
        for (const instance of table.instances) replace(instance, instance.start);
      }
      version++;
    },
    lagging: (ms) => {
      isPastKept = true;
      return { ...store, values: valuesBy(asOf(ms)) };
    },
    version: () => version,
    contents: () =>
      Object.fromEntries(
        [...tables].flatMap(([action, table]) =>
          table.instances.map((_, index) => [table.instances.length > 1 ? `${action}[${index}]` : action, structuredClone(values(action, index))]),
        ),
      ),
  };
  return store;
}
