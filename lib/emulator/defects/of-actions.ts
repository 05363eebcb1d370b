/** Defects of an action as a whole: its answer, its envelope, whom it lets in, and what it makes of JSON that is none. */
import type { Command, Section } from '../../document/notation.ts';
import type { Members } from '../../document/row-value.ts';
import type { Tamper } from '../tamper.ts';
import type { Defect } from './defect.ts';
import { nameOf, type Scope, scopesOf } from './scope.ts';
import { head, isGood, parsed, replying, requesting, wiring } from './tampering.ts';

/** What is called, and whether its answer is judged: commands are carried out by the special checks of their section. */
export interface Action {
  readonly section: Section;
  readonly action: string;
  readonly kind: 'get' | 'set' | 'command';
  /** how the ids of its defects and checks begin: `wifi/status.getWifiStatus` */
  readonly name: string;
  /** a command's request */
  readonly command?: Command;
}

export function defectsOfActions(section: Section): readonly Defect[] {
  const scopes = scopesOf(section);
  const pairs = scopes.filter(({ part }, index) => scopes.findIndex((other) => other.part.get === part.get) === index);
  const named = new Set(pairs.flatMap(({ part }) => [part.get, part.set ?? '']));
  const commands = section.parts.filter((part): part is Command => part.kind === 'command' && part.path === undefined && !named.has(part.action));
  const actions: readonly Action[] = [
    ...pairs.flatMap((scope): Action[] => [
      { section, action: scope.part.get, kind: 'get', name: nameOf(scope, scope.part.get) },
      ...(scope.part.set === undefined ? [] : [setOf(scope, scope.part.set)]),
    ]),
    ...[...new Map(commands.map((command) => [command.action, command])).values()].map(
      (command): Action => ({ section, action: command.action, kind: 'command', name: `${section.slug}/${command.action}`, command }),
    ),
  ];
  return actions.flatMap(ofAction);
}

export const setOf = (scope: Scope, set: string): Action => ({ section: scope.section, action: set, kind: 'set', name: nameOf(scope, set) });

const ofAction = (action: Action): readonly Defect[] => [
  ...(action.kind === 'command' ? [] : [...answers(action), ...envelopes(action)]),
  ...credentials(action),
  ...json(action),
];

export const defectOfAction = (
  { name, action }: Action,
  word: string,
  does: string,
  properties: readonly string[],
  tamper: () => Tamper,
): Defect => ({
  id: `${name}/${word}`,
  does: `${does} (${action})`,
  noticedBy: properties.map((property) => `${name}/${property}`),
  plant: () => ({ tamper: tamper() }),
});

const isJson = (body: string): boolean => body.startsWith('{');

function answers(of: Action): readonly Defect[] {
  const { action, kind } = of;
  return [
    defectOfAction(of, 'silent', 'does not answer', ['reply'], () => wiring(action, () => '')),
    defectOfAction(of, 'text-for-a-reply', 'answers with a text', ['reply'], () => replying(action, () => 'done')),
    defectOfAction(of, 'cut-json', 'answers with JSON that ends too early', ['reply'], () =>
      replying(action, (reply) => JSON.stringify(reply).slice(0, -1)),
    ),
    defectOfAction(of, 'list-for-a-reply', 'answers with a list of JSON', ['reply'], () => replying(action, (reply) => `[${JSON.stringify(reply)}]`)),
    defectOfAction(of, 'code-205', 'answers a good request with code 205', ['reply'], () => replying(action, (reply) => ({ ...reply, code: 205 }))),
    // Of a get it says that this model does not have the action, in a word that is none of the document's.
    defectOfAction(of, 'code-1', 'answers a good request with code 1', [kind === 'get' ? 'syntax' : 'reply'], () =>
      replying(action, (reply) => (isGood(reply) ? { ...reply, code: 1 } : reply)),
    ),
    defectOfAction(of, 'status-500', 'answers with HTTP status 500', ['http'], () =>
      wiring(action, (body) => (isJson(body) ? head('500 Internal Server Error', body) : undefined)),
    ),
    // Of a set it says that this model does not have the action, whose get it has.
    defectOfAction(of, 'status-404', 'answers with HTTP status 404', [kind === 'set' ? 'belongs-to-get' : 'http'], () =>
      wiring(action, (body) => (isJson(body) ? head('404 Not Found', body) : undefined)),
    ),
    defectOfAction(of, 'header-without-a-name', 'sends a header line without a name', ['syntax'], () =>
      wiring(action, (body) => head('200 OK', body, ': nothing\r\n')),
    ),
    defectOfAction(of, 'repeated-name', 'repeats a name in its JSON', ['syntax'], () =>
      replying(action, (reply) => JSON.stringify(reply).replace('{', '{"code":0,')),
    ),
    ...(kind === 'set'
      ? [defectOfAction(of, 'not-offered', 'is not offered while its get is', ['belongs-to-get'], () => replying(action, () => 'error json'))]
      : []),
  ];
}

const without = (members: Members, name: string): Members => Object.fromEntries(Object.entries(members).filter(([each]) => each !== name));

const ENVELOPES: readonly (readonly [word: string, does: string, change: (reply: Members) => Members])[] = [
  ['code-missing', 'answers without a code', (reply) => without(reply, 'code')],
  ['code-as-text', 'answers with its code as text', (reply) => ({ ...reply, code: String(reply.code) })],
  ['device-id-of-another', 'names another deviceID', (reply) => ({ ...reply, deviceID: 'CBT000114010100010239' })],
  ['device-id-missing', 'names no deviceID', (reply) => without(reply, 'deviceID')],
  ['mac-of-another', 'names another device_mac', (reply) => ({ ...reply, device_mac: '00-00-5e-00-53-01' })],
  ['mac-missing', 'names no device_mac', (reply) => without(reply, 'device_mac')],
  ['address-missing', 'names no device_ip', (reply) => without(reply, 'device_ip')],
  ['address-as-number', 'names its device_ip as a number', (reply) => ({ ...reply, device_ip: 3232235777 })],
  ['log-missing', 'has neither log nor message', (reply) => without(without(reply, 'log'), 'message')],
];

const envelopes = (of: Action): readonly Defect[] => [
  ...ENVELOPES.map(([word, does, change]) =>
    defectOfAction(of, word, does, ['envelope'], () => replying(of.action, (reply) => (isGood(reply) ? change(reply) : reply))),
  ),
  defectOfAction(of, 'device-id-of-another-each-third-time', 'names another deviceID in each third reply', ['envelope-always'], () => {
    let count = 0;
    return replying(of.action, (reply) => {
      count += isGood(reply) ? 1 : 0;
      return isGood(reply) && count % 3 === 0 ? { ...reply, deviceID: 'CBT000114010100010239' } : reply;
    });
  }),
  ...(of.kind === 'set'
    ? [
        defectOfAction(of, 'refusals-of-nobody', 'leaves out who it is where it refuses', ['envelope-always'], () =>
          replying(of.action, (reply) => (isGood(reply) ? reply : without(without(reply, 'deviceID'), 'device_mac'))),
        ),
      ]
    : []),
];

/** MD5 of the password that an embedded camera has unless it is told another. */
const RIGHT_DIGEST = 'e10adc3949ba59abbe56e057f20f883e';
const EMPTY_DIGEST = 'd41d8cd98f00b204e9800998ecf8427e';

type IsLetIn = (user: string | undefined, digest: string | undefined) => boolean;

const ADMITTED: readonly (readonly [word: string, property: string, does: string, isLetIn: IsLetIn])[] = [
  ['wrong-user', 'wrong-user', 'lets any user in', (_, digest) => digest === RIGHT_DIGEST],
  ['user-in-another-case', 'wrong-user', 'lets the user in under a name in capitals', (user, digest) => user === 'ADMIN' && digest === RIGHT_DIGEST],
  ['wrong-password', 'wrong-password', 'lets any digest in', (user, digest) => user === 'admin' && digest?.length === 32],
  ['longer-password', 'wrong-password', 'compares the first 32 digits', (user, digest) => user === 'admin' && digest?.slice(0, 32) === RIGHT_DIGEST],
  ['no-password', 'no-password', 'lets in without a password', (user, digest) => user === 'admin' && !digest],
  ['plain-password', 'plain-password', 'takes the plain password', (user, digest) => user === 'admin' && digest === '123456'],
  ['beginning', 'near-misses', 'compares as much as is sent', (user, digest) => user === 'admin' && digest === RIGHT_DIGEST.slice(0, 8)],
  ['empty-password', 'near-misses', 'lets in with an empty password', (user, digest) => user === 'admin' && digest === ''],
  ['empty-digest', 'near-misses', 'lets in with the MD5 of nothing', (user, digest) => user === 'admin' && digest === EMPTY_DIGEST],
  ['empty-user', 'near-misses', 'lets an empty user in', (user, digest) => user === '' && digest === RIGHT_DIGEST],
  ['no-user', 'near-misses', 'lets in without a user', (user, digest) => user === undefined && digest === RIGHT_DIGEST],
  ['nobody', 'near-misses', 'lets in who says nothing of himself', (user, digest) => user === undefined && digest === undefined],
];

function credentials(of: Action): readonly Defect[] {
  const { action } = of;
  return [
    ...ADMITTED.map(([word, property, does, isLetIn]) =>
      defectOfAction(of, `admits-${word}`, does, [property], () => ({
        admits: (user, digest, isRight, asked) => isRight || (asked === action && isLetIn(user, digest)),
      })),
    ),
    defectOfAction(of, 'own-text-for-users', 'refuses users with a text of its own', ['wrong-user'], () => ({
      text: (about, text, asked) => (about === '' && asked === action ? 'error user' : text),
    })),
    defectOfAction(of, 'status-401', 'refuses users with HTTP status 401', ['wrong-password'], () =>
      wiring(action, (body) => (body.startsWith('error user') ? head('401 Unauthorized', body) : undefined)),
    ),
  ];
}

const NO_OBJECTS = [
  ['[]', 'json-list'],
  ['"text"', 'json-text'],
  ['5', 'json-number'],
  ['null', 'json-null'],
] as const;

/** An action without parameters has no JSON that matters. */
function json(of: Action): readonly Defect[] {
  const { action, kind, command } = of;
  const good = kind === 'command' ? (command?.probe ?? command?.example.requests[0] ?? {}) : {};
  const repaired = defectOfAction(of, 'repairs-json', 'repairs JSON that does not parse, and carries it out', ['malformed-json'], () =>
    requesting(action, (sent) => (sent !== undefined && parsed(sent) === null && parsed(`${sent}}`) !== null ? `${sent}}` : sent)),
  );
  const defects = [
    repaired,
    defectOfAction(of, 'own-text-for-json', 'refuses JSON that does not parse with a text of its own', ['malformed-json'], () => ({
      text: (about, text) => (about === action ? 'broken' : text),
    })),
    defectOfAction(of, 'status-400', 'refuses JSON that does not parse with HTTP status 400', ['malformed-json'], () =>
      wiring(action, (body) => (body.startsWith('error json') ? head('400 Bad Request', body) : undefined)),
    ),
  ];
  const loose: readonly Defect[] =
    command !== undefined && command.hazards.length > 0
      ? []
      : [
          defectOfAction(of, 'takes-json-with-more', 'takes what stands in front of something that is no JSON', ['loose-json'], () =>
            requesting(action, (sent) =>
              sent !== undefined && parsed(sent) === null && parsed(sent.slice(0, -1)) !== null ? sent.slice(0, -1) : sent,
            ),
          ),
          defectOfAction(of, 'takes-single-quotes', 'takes single quotes for double ones', ['loose-json'], () =>
            requesting(action, (sent) => (sent !== undefined && parsed(sent) === null ? sent.replaceAll("'", '"') : sent)),
          ),
        ];
  const hasParameters = kind === 'set' || (command?.rows.length ?? 0) > 0;
  if (!hasParameters) return [...defects, ...loose];
  const accepting = (word: string, does: string, property: string, isTaken: (sent: string | undefined) => boolean): Defect =>
    defectOfAction(of, word, does, [property], () => acceptingFor(action, isTaken, good));
  return [
    ...defects,
    ...loose,
    ...NO_OBJECTS.map(([text, property]) => accepting(`takes-${property}`, `takes the JSON ${text}`, property, (sent) => sent === text)),
    accepting('takes-no-json', 'takes a request without JSON', 'no-json', (sent) => sent === undefined),
  ];
}

/** Takes what is no object for a good request: answers it with code 0. */
function acceptingFor(action: string, isTaken: (sent: string | undefined) => boolean, good: Members): Tamper {
  let isWrong = false;
  return {
    request: (asked, sent) => {
      isWrong = asked === action && isTaken(sent);
      return isWrong ? JSON.stringify(good) : sent;
    },
    stored: (asked, changes) => (asked === action && isWrong ? {} : changes),
    reply: (asked, _, reply) => (asked === action && isWrong ? { ...reply, code: 0 } : reply),
  };
}
