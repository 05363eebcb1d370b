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
  /** grows with every change */
  version(): number;
  /** everything, as a copy: `getOsdConf`, `getVencConf[1]` */
  contents(): Record<string, Members>;
}

export function createStore(tables: ReadonlyMap<string, Table>): Store {
  let version = 0;

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
  const values = (action: string, instance = 0): Members => {
    const own = instanceOf(action, instance).values;
    const others = (borrowed.get(action) ?? []).filter(([name]) => name in own);
    if (others.length === 0) return own;
    return { ...own, ...Object.fromEntries(others.map(([name, owner]) => [name, instanceOf(owner, 0).values[name]])) };
  };
  const write = (action: string, instance: number, changes: Members): void => {
    for (const [name, value] of Object.entries(changes)) {
      const owner = ownerOf(action, name);
      const target = instanceOf(owner, owner === action ? instance : 0);
      target.values = { ...target.values, [name]: value };
      version++;
    }
  };

  return {
    tables,
    values,
    write,
    pin: (action, name, value) => {
      const target = instanceOf(action, 0);
      target.start = { ...target.start, [name]: value };
      write(action, 0, { [name]: value });
    },
    reset: (keep) => {
      for (const [action, table] of tables) {
        if (keep(action)) continue;
        for (const instance of table.instances) instance.values = instance.start;
      }
      version++;
    },
    version: () => version,
    contents: () =>
      Object.fromEntries(
        [...tables].flatMap(([action, table]) =>
          table.instances.map((_, index) => [table.instances.length > 1 ? `${action}[${index}]` : action, structuredClone(values(action, index))]),
        ),
      ),
  };
}
