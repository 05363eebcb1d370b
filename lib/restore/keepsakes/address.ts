/** The address that a check moves the camera away from (11): where it may be until its port is back. The settings themselves are an original. */
import { z } from 'zod';
import type { KeepsakeKind } from './keepsake.ts';

export const addressSchema = z.object({ kind: z.literal('address'), from: z.string(), to: z.string() });
type Item = z.infer<typeof addressSchema>;

export const address: KeepsakeKind<'address', Item> = {
  kind: 'address',
  turn: 'last',
  key: ({ to }) => `address ${to}`,
  describe: ({ from }) => `11.2 setWiredNetwork: the camera at ${from}`,
  // It is back with the settings, which are read where it was found.
  putBack: async () => [],
};
