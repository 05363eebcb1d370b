/** All kinds of things that are put back beside the parameters of action pairs, in the order in which that is done. */
import { z } from 'zod';
import { address, addressSchema } from './address.ts';
import { file, fileSchema } from './file.ts';
import type { KeepsakeKind } from './keepsake.ts';
import { movement, movementSchema } from './movement.ts';
import { password, passwordSchema } from './password.ts';
import { registration, registrationSchema } from './registration.ts';
import { telnet, telnetSchema } from './telnet.ts';

export const keepsakeSchema = z.discriminatedUnion('kind', [
  passwordSchema,
  telnetSchema,
  movementSchema,
  fileSchema,
  registrationSchema,
  addressSchema,
]);

export type Keepsake = z.infer<typeof keepsakeSchema>;
export type KeepsakeOf<Kind extends Keepsake['kind']> = Extract<Keepsake, { kind: Kind }>;

/** A kind as those see it who have items of any kind: each is only ever given its own. */
export type AnyKind = KeepsakeKind<Keepsake['kind'], Keepsake>;

export const KINDS = [password, telnet, movement, file, registration, address] as unknown as readonly AnyKind[];

export function kindOf({ kind }: Keepsake): AnyKind {
  const known = KINDS.find((each) => each.kind === kind);
  if (known === undefined) throw new Error(`Could not put ${kind} back: this version of the suite does not know it.`);
  return known;
}
