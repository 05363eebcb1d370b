/** What blind defects do between the request, the store and the reply: the few building blocks that most of them are made of. */
import { isMembers, type Members } from '../../../document/row-value.ts';
import type { Camera, Reply } from '../../handler.ts';
import type { Tamper } from '../../tamper.ts';
import { isGood, parsed } from '../tampering.ts';

/** What a get shows, changed. */
export const shows = (action: string, change: (reply: Members, json: Members | null) => Members | string): Tamper => ({
  reply: (asked, json, reply) => (asked === action && isGood(reply) ? change(reply, json) : reply),
});

/** What a set stores, changed. */
export const stores = (action: string, change: (changes: Members, before: Members) => Members): Tamper => ({
  stored: (asked, changes, before) => (asked === action ? change(changes, before) : changes),
});

/** A parameter that is stored as something else, where a set names it. */
export const storesOther = (action: string, name: string, change: (value: unknown, before: unknown, changes: Members) => unknown): Tamper =>
  stores(action, (changes, before) => (name in changes ? { ...changes, [name]: change(changes[name], before[name], changes) } : changes));

/** A set whose parsed request is changed before anything reads it. */
export const takes = (action: string, change: (json: Members) => Members): Tamper => ({
  request: (asked, json) => {
    const sent = asked === action ? parsed(json) : null;
    return sent === null ? json : JSON.stringify(change(sent));
  },
});

/** Another way of carrying out an action; undefined: the right one. */
export const performs = (
  action: string,
  instead: (camera: Camera, json: Members | null, perform: () => Reply | Promise<Reply>) => Reply | Promise<Reply>,
): Tamper => ({
  performs: (asked, json, camera, perform) => (asked === action ? instead(camera, json, perform) : perform()),
});

/** What else happens behind an action that was answered with code 0. */
export const afterDone = (action: string, also: (camera: Camera, json: Members) => void): Tamper =>
  performs(action, async (camera, json, perform) => {
    const reply = await perform();
    if (reply.code === 0) also(camera, json ?? {});
    return reply;
  });

/** Elements of a list, each changed; anything else stays. */
export const eachElement = (value: unknown, change: (element: Members, index: number, all: readonly Members[]) => unknown): unknown =>
  Array.isArray(value) && value.every(isMembers) ? value.map((element, index, all) => change(element, index, all)) : value;

/** Counts the calls, from 1. */
export function counter(): () => number {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}
