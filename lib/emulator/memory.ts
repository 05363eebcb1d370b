/** What the camera remembers beside its settings: files, presets, and what goes on at the moment. */
export interface Memory {
  telnet: 'open' | 'close';
  readonly files: Map<string, string>;
  /** preset points that were set */
  readonly presets: Set<number>;
  /** the PTZ command that goes on until it is stopped, with its speeds */
  moving: { readonly command: number; readonly horizontal: number; readonly vertical: number } | null;
  /** whether GB28181 is registered by hand */
  registered: boolean;
  /** host time in ms until which the output of the door is switched */
  doorUntil: number;
}

/** 39.1: the file of the example is there from the start. */
export const createMemory = (): Memory => ({
  telnet: 'close',
  files: new Map([['/appfs/fconfigs/thr_conf.txt', '{"test":0}']]),
  presets: new Set(),
  moving: null,
  registered: false,
  doorUntil: 0,
});

/** As a plain object; the same for the same history. */
export const memoryContents = (memory: Memory): Record<string, unknown> => ({
  telnet: memory.telnet,
  files: Object.fromEntries([...memory.files].sort(([a], [b]) => (a < b ? -1 : 1))),
  presets: [...memory.presets].sort((a, b) => a - b),
  registered: memory.registered,
  moving: memory.moving,
  doorOpen: memory.doorUntil > Date.now(),
});
