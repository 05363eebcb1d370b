/** All that a camera may do otherwise, in one: what traits and models are made of. */
import type { Members } from '../document/row-value.ts';
import { combineStreamTampers, combineTampers } from './combine-tampers.ts';
import { combineHttpHabits, type HttpHabits } from './http-habits.ts';
import type { Starts } from './model.ts';
import type { StreamTamper } from './stream/stream-tamper.ts';
import type { Tamper } from './tamper.ts';

/** When a port that was set is listened on; `never`: as it looks from behind port forwarding. */
export type PortMove = 'at-once' | 'after-restart' | 'never';

/** How many ms what was set takes until it shows. */
export interface Settling {
  /** in gets */
  readonly get?: number;
  /** in descriptions and streams */
  readonly stream?: number;
  /** in snapshots */
  readonly picture?: number;
}

/** Of a restart: for how many ms the camera still answers, and for how many it is away then. */
export interface Restarting {
  readonly answersMs: number;
  readonly awayMs: number;
}

export interface Habits {
  readonly tamper?: Tamper | undefined;
  readonly streamTamper?: StreamTamper | undefined;
  readonly http?: HttpHabits;
  readonly starts?: Starts;
  readonly portMove?: PortMove;
  readonly settling?: Settling;
  readonly restarting?: Restarting;
  /** true: its page's calls want no log-in */
  readonly openPage?: boolean;
}

const present = <T>(values: readonly (T | undefined)[]): readonly T[] => values.filter((value) => value !== undefined);

/** What none of them has stays away: a camera without habits is an ordinary one. */
export function combineHabits(those: readonly Habits[]): Habits {
  const tampers = present(those.map(({ tamper }) => tamper));
  const streamTampers = present(those.map(({ streamTamper }) => streamTamper));
  const http = present(those.map((each) => each.http));
  const portMove = those.findLast((each) => each.portMove)?.portMove;
  const settling = present(those.map((each) => each.settling));
  const slowest = (of: keyof Settling): number => Math.max(...settling.map((each) => each[of] ?? 0));
  const restarting = those.findLast((each) => each.restarting)?.restarting;
  return {
    ...(settling.length === 0 ? {} : { settling: { get: slowest('get'), stream: slowest('stream'), picture: slowest('picture') } }),
    ...(restarting === undefined ? {} : { restarting }),
    ...(those.some((each) => each.openPage) ? { openPage: true } : {}),
    ...(tampers.length === 0 ? {} : { tamper: combineTampers(tampers) }),
    ...(streamTampers.length === 0 ? {} : { streamTamper: combineStreamTampers(streamTampers) }),
    ...(http.length === 0 ? {} : { http: combineHttpHabits(http) }),
    ...(portMove === undefined ? {} : { portMove }),
    starts: combineStarts(present(those.map(({ starts }) => starts))),
  };
}

function combineStarts(those: readonly Starts[]): Starts {
  const gets = new Set(those.flatMap((starts) => Object.keys(starts)));
  return Object.fromEntries([...gets].map((get) => [get, those.map((starts) => starts[get] ?? []).reduce(over, [])]));
}

/** Of each instance what is said last, and what was said of it before beside that. */
const over = (before: readonly Members[], instances: readonly Members[]): readonly Members[] =>
  Array.from({ length: Math.max(before.length, instances.length) }, (_, index) => ({ ...before[index], ...instances[index] }));
