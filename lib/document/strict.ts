/**
 * Where the strict profile expects more than the default one. The default profile forgives the document its own mistakes and a
 * camera what it does not have; the strict one goes by the tables alone. Each check that is judged differently names its demand,
 * each erratum that is then no longer forgiven does, too.
 */
export const STRICT_DEMANDS = {
  shown: 'a documented parameter that the get does not return fails',
  offered: 'an action that a well-formed request finds missing (error json, code 209) fails',
  tables: 'a value outside its own table fails, also where an example has it',
  spelling: 'a parameter that stands only under another name than that of its table fails',
  envelope: 'device_id and log are demanded, message does not stand in their place',
  once: 'a name that stands twice in a reply is found fault with, also where the example has it twice',
  refusal: 'a value that the tables rule out is refused with a code; one that is clamped, replaced or ignored with code 0 fails',
} as const;

export type StrictDemand = keyof typeof STRICT_DEMANDS;
