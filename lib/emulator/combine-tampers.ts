/**
 * Several faults or habits in one camera: each hook gets what the one before it made of it, in the order of the list. What ends a
 * chain: a reply that is text already, a response or packet that is not sent.
 */
import type { StreamTamper } from './stream/stream-tamper.ts';
import type { Tamper } from './tamper.ts';

/** For each hook how several of it become one; a hook that is missing here does not compile. */
type Chains<T> = { readonly [Hook in keyof T]-?: (those: readonly T[]) => T[Hook] };

const TAMPER: Chains<Tamper> = {
  admits: (those) => (user, digest, isRight, action) => those.reduce((so, each) => each.admits?.(user, digest, so, action) ?? so, isRight),
  guards: (those) => (path) => those.map((each) => each.guards?.(path)).find((logIn) => logIn !== undefined),
  request: (those) => (action, json) => those.reduce((so, each) => (each.request ? each.request(action, so) : so), json),
  refuses: (those) => (action, json) => those.map((each) => each.refuses?.(action, json) ?? null).find((answer) => answer !== null) ?? null,
  performs: (those) => (action, json, camera, perform) =>
    those.reduce<typeof perform>(
      (so, each) =>
        (instead = json) =>
          each.performs?.(action, instead, camera, so) ?? so(instead),
      perform,
    )(),
  reply: (those) => (action, json, reply) =>
    those.reduce<ReturnType<NonNullable<Tamper['reply']>>>(
      (so, each) => (typeof so === 'string' ? so : (each.reply?.(action, json, so) ?? so)),
      reply,
    ),
  stored: (those) => (action, changes, before) => those.reduce((so, each) => each.stored?.(action, so, before) ?? so, changes),
  text: (those) => (action, text, asked) => those.reduce((so, each) => each.text?.(action, so, asked) ?? so, text),
  // Bytes in place of the whole reply: the first that has some decides.
  wire: (those) => (action, body) => those.map((each) => each.wire?.(action, body)).find((bytes) => bytes !== undefined),
  shot: (those) => (format, scene) => those.reduce((so, each) => each.shot?.(format, so) ?? so, scene),
  picture: (those) => (format, bytes) => those.reduce((so, each) => each.picture?.(format, so) ?? so, bytes),
};

const STREAM_TAMPER: Chains<StreamTamper> = {
  scene: (those) => (scene) => those.reduce((so, each) => each.scene?.(so) ?? so, scene),
  settings: (those) => (channel, settings) => those.reduce((so, each) => each.settings?.(channel, so) ?? so, settings),
  path: (those) => (path) => those.reduce((so, each) => each.path?.(so) ?? so, path),
  response: (those) => (method, text) =>
    those.reduce<string | null>((so, each) => (so === null || !each.response ? so : each.response(method, so)), text),
  packet: (those) => (media, packet) =>
    those.reduce<ReturnType<NonNullable<StreamTamper['packet']>>>((so, each) => (so === null || !each.packet ? so : each.packet(media, so)), packet),
  admits: (those) => (method, isRight, authorization) => those.reduce((so, each) => each.admits?.(method, so, authorization) ?? so, isRight),
  request: (those) => (request) => those.map((each) => each.request?.(request)).find((instead) => instead !== undefined),
  hangsUp: (those) => (method) => those.some((each) => each.hangsUp?.(method)),
  held: (those) => (method) => those.reduce((sum, each) => sum + (each.held?.(method) ?? 0), 0),
  afterwards: (those) => (method) => those.map((each) => each.afterwards?.(method) ?? '').join(''),
  channels: (those) => (asked) => those.reduce((so, each) => each.channels?.(so) ?? so, asked),
  ports: (those) => (asked) => those.reduce((so, each) => each.ports?.(so) ?? so, asked),
  program: (those) => (program) => those.reduce((so, each) => each.program?.(so) ?? so, program),
  report: (those) => (packet) => those.reduce<Buffer | null>((so, each) => (so === null || each.report === undefined ? so : each.report(so)), packet),
  start: (those) => those.findLast(({ start }) => start)?.start,
  sessions: (those) => Object.assign({}, ...those.map(({ sessions }) => sessions)),
  nonceUses: (those) => Math.min(...those.map(({ nonceUses }) => nonceUses ?? Number.POSITIVE_INFINITY)),
  endsAfterMs: (those) => Math.min(...those.map(({ endsAfterMs }) => endsAfterMs ?? Number.POSITIVE_INFINITY)),
  inPieces: (those) => those.some((each) => each.inPieces),
  playsOn: (those) => those.some(({ playsOn }) => playsOn),
};

export const combineTampers = (tampers: readonly Tamper[]): Tamper => combine(TAMPER, tampers);

export const combineStreamTampers = (tampers: readonly StreamTamper[]): StreamTamper => combine(STREAM_TAMPER, tampers);

/** Only the hooks that one of them has: a camera is quicker without. */
function combine<T extends object>(chains: Chains<T>, those: readonly T[]): T {
  const combined: Partial<T> = {};
  for (const hook of Object.keys(chains) as (keyof T)[]) {
    const having = those.filter((each) => each[hook] !== undefined);
    if (having.length > 0) combined[hook] = having.length === 1 ? bound(having[0] as T, hook) : chains[hook](having);
  }
  return combined as T;
}

function bound<T extends object>(owner: T, hook: keyof T): T[keyof T] {
  const value = owner[hook];
  return typeof value === 'function' ? value.bind(owner) : value;
}
