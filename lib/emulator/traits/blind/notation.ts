/** How the blind traits are written down. */
import { isSameValue, type Members } from '../../../document/row-value.ts';
import type { Camera, Reply } from '../../handler.ts';
import type { Tamper } from '../../tamper.ts';

type Performs = NonNullable<Tamper['performs']>;

/** Does something with a reply, at once where it is there at once. */
export const behind = (reply: Reply | Promise<Reply>, act: (reply: Reply) => Reply | Promise<Reply>): Reply | Promise<Reply> =>
  reply instanceof Promise ? reply.then(act) : act(reply);

/** In place of what is done for these actions. */
export const performing = (actions: string | ReadonlySet<string>, performs: Performs): { readonly tamper: Tamper } => ({
  tamper: {
    performs: (action, json, camera, perform) =>
      (typeof actions === 'string' ? action === actions : actions.has(action)) ? performs(action, json, camera, perform) : perform(),
  },
});

/** Does something as soon as one of these sets has changed a setting, before it is answered. */
export const onChange = (sets: ReadonlySet<string>, act: (camera: Camera, set: string) => void): { readonly tamper: Tamper } =>
  performing(sets, (action, _, camera, perform) => {
    const before = valuesBehind(camera, action);
    return behind(perform(), (reply) => {
      if (!isSameValue(before, valuesBehind(camera, action))) act(camera, action);
      return reply;
    });
  });

/** All instances of the get that belongs to a set. */
function valuesBehind({ store }: Camera, set: string): readonly Members[] {
  const table = [...store.tables.values()].find((each) => each.set === set);
  return table === undefined ? [] : table.instances.map((_, index) => store.values(table.get, index));
}

/** The get that belongs to a set, and which of its instances a request is about. */
export function targetOf({ store }: Camera, set: string, json: Members | null): { readonly get: string; readonly instance: number } | undefined {
  const table = [...store.tables.values()].find((each) => each.set === set);
  if (table === undefined) return undefined;
  const named = table.instances.findIndex(({ select }) => Object.entries(select).every(([name, value]) => json?.[name] === value));
  return { get: table.get, instance: Math.max(0, named) };
}
