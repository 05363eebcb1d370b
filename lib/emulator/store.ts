/** What the camera remembers: per get action, and per instance of it, the value of each row under the row's own name. */
import type { Members } from '../document/row-value.ts';
import type { Table, TableInstance } from './model.ts';

export interface Store {
  readonly tables: ReadonlyMap<string, Table>;
  values(action: string, instance?: number): Members;
  /** stores changes, also where another get shows the same setting */
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
  const put = (action: string, instance: number, changes: Members): void => {
    const target = instanceOf(action, instance);
    target.values = { ...target.values, ...changes };
    version++;
  };
  /** the same setting in other replies: a row there names this action in `sameAs` */
  const mirror = (action: string, changes: Members): void => {
    for (const [other, table] of tables) {
      const shared = table.rows.filter((row) => row.sameAs === action && row.name in changes && row.name in (table.instances[0]?.values ?? {}));
      if (shared.length > 0) put(other, 0, Object.fromEntries(shared.map((row) => [row.name, changes[row.name]])));
    }
  };

  return {
    tables,
    values: (action, instance = 0) => instanceOf(action, instance).values,
    write: (action, instance, changes) => {
      if (Object.keys(changes).length === 0) return;
      put(action, instance, changes);
      mirror(action, changes);
    },
    pin: (action, name, value) => {
      const target = instanceOf(action, 0);
      target.start = { ...target.start, [name]: value };
      put(action, 0, { [name]: value });
      mirror(action, { [name]: value });
    },
    reset: (keep) => {
      for (const [action, table] of tables) {
        if (keep(action)) continue;
        for (const [index, instance] of table.instances.entries()) {
          instance.values = instance.start;
          mirror(action, index === 0 ? instance.start : {});
        }
      }
      version++;
    },
    version: () => version,
    contents: () =>
      Object.fromEntries(
        [...tables].flatMap(([action, table]) =>
          table.instances.map(({ values }, index) => [table.instances.length > 1 ? `${action}[${index}]` : action, structuredClone(values)]),
        ),
      ),
  };
}
