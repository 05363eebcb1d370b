/** What the camera remembers beside its settings: files, presets, and what goes on at the moment. */
import { AHEAD, type Movement, moved, type View } from './view.ts';

export interface Memory {
  telnet: 'open' | 'close';
  readonly files: Map<string, string>;
  /** preset points that were set, and where the camera looked then */
  readonly presets: Map<number, View>;
  /** the PTZ command that goes on until it is stopped, with its speeds */
  moving: Movement | null;
  /** where the camera looked when that began */
  view: View;
  /** whether GB28181 is registered by hand */
  registered: boolean;
  /** host time in ms until which the output of the door is switched */
  doorUntil: number;
}

/** 39.1: the file of the example is there from the start. */
export const createMemory = (): Memory => ({
  telnet: 'close',
  files: new Map([['/appfs/fconfigs/thr_conf.txt', '{"test":0}']]),
  presets: new Map(),
  moving: null,
  view: AHEAD,
  registered: false,
  doorUntil: 0,
});

/** As a plain object; the same for the same history. */
export const memoryContents = (memory: Memory): Record<string, unknown> => ({
  telnet: memory.telnet,
  files: Object.fromEntries([...memory.files].sort(([a], [b]) => (a < b ? -1 : 1))),
  presets: [...memory.presets.keys()].sort((a, b) => a - b),
  registered: memory.registered,
  moving: memory.moving && { ...memory.moving, since: undefined },
  view: memory.view,
  doorOpen: memory.doorUntil > Date.now(),
});

/** Where the camera looks at this moment. */
export const viewOf = ({ view, moving }: Memory): View => moved(view, moving, Date.now());
