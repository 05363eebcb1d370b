/** Which connection is free: at most as many requests are in flight as there are lanes, the others wait in order. */

export interface LaneQueue<Lane> {
  /** A free lane at once, or a promise of the next one. */
  take(): Lane | Promise<Lane>;
  giveBack(lane: Lane): void;
  /** Every waiting request is refused with this error, later ones too. */
  shut(error: Error): void;
}

export const createLaneQueue = <Lane>(lanes: readonly Lane[]): LaneQueue<Lane> => {
  const free = [...lanes];
  const waiting: { readonly resolve: (lane: Lane) => void; readonly reject: (error: Error) => void }[] = [];
  let shutBy: Error | null = null;
  return {
    take() {
      if (shutBy !== null) return Promise.reject(shutBy);
      return free.pop() ?? new Promise<Lane>((resolve, reject) => waiting.push({ resolve, reject }));
    },
    giveBack(lane) {
      const next = waiting.shift();
      if (next === undefined) free.push(lane);
      else next.resolve(lane);
    },
    shut(error) {
      shutBy = error;
      for (const { reject } of waiting.splice(0)) reject(error);
    },
  };
};
