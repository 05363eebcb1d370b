/**
 * One cause, one finding: what one fault does to every action is told at the first check that meets it, with the actions that it was seen
 * at; the checks that meet it later are blocked by it. A fault of one action alone, or of one parameter, is never put together.
 */
import type { CheckIdentity } from '../checks/check.ts';
import { finding } from '../results/finding.ts';
import { messageOf } from '../results/results.ts';
import { isAgainstCamera, type Judged } from './judged.ts';

/** Properties of an action as such, in which every action may show the same fault. */
const OF_EVERY_ACTION: ReadonlySet<string> = new Set([
  'reply',
  'http',
  'envelope',
  'syntax',
  'wrong-user',
  'wrong-password',
  'no-password',
  'plain-password',
  'malformed-json',
  'json-list',
  'json-text',
  'json-number',
  'json-null',
  'no-json',
  'no-object-is-harmless',
  'unknown-parameter',
  'refusal-codes',
]);
/** Whoever is refused in another way than the document has it is refused so whatever was wrong with them. */
const CREDENTIALS: ReadonlySet<string> = new Set(['wrong-user', 'wrong-password', 'no-password', 'plain-password']);
/** A set refused with such a code may be refused for what it names; codes 1 and -1 say nothing of that. */
const OWN_CODE = /^code (?!-?1\b)-?\d/;
const MOST_NAMED = 6;

interface Cause {
  readonly judged: Judged;
  readonly actions: string[];
  /** how many actions the finding names by now */
  told: number;
}

export class Causes {
  readonly #known = new Map<string, Cause>();

  /** What comes of a judged check in the light of those before it: itself, or blocked by the first that met the same. */
  judge(identity: Pick<CheckIdentity, 'id' | 'action' | 'parameter'>, judged: Judged): Judged {
    const key = isAgainstCamera(judged) ? keyOf(identity, judged) : null;
    if (key === null || identity.action === null) return judged;
    const cause = this.#known.get(key);
    if (cause === undefined) {
      this.#known.set(key, { judged, actions: [identity.action], told: 1 });
      return judged;
    }
    if (cause.judged.id === judged.id) return judged;
    if (!cause.actions.includes(identity.action)) cause.actions.push(identity.action);
    return {
      ...judged,
      verdict: 'skip',
      skipReason: 'blocked',
      message: `same cause as ${cause.judged.id}: ${judged.findings[0]?.received ?? ''}`,
      findings: [],
      exchange: null,
    };
  }

  /** The first findings that have become known at more actions since this was last asked, with those actions. */
  grown(): readonly Judged[] {
    return [...this.#known.values()].flatMap((cause) => {
      if (cause.actions.length === cause.told) return [];
      cause.told = cause.actions.length;
      return [withActions(cause)];
    });
  }
}

function withActions({ judged, actions }: Cause): Judged {
  const others = actions.slice(1);
  const rest = others.length - MOST_NAMED;
  const named = [...others.slice(0, MOST_NAMED), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  const findings = judged.findings.map((each, index) =>
    index === 0 ? { ...each, ...finding(each.documented, `${each.received}; the same at ${named}`) } : each,
  );
  return { ...judged, findings, message: messageOf(findings) };
}

function keyOf({ id, action, parameter }: Pick<CheckIdentity, 'id' | 'action' | 'parameter'>, { findings, level }: Judged): string | null {
  const property = id.slice(id.lastIndexOf('/') + 1);
  if (action === null || parameter !== null || !OF_EVERY_ACTION.has(property) || findings.length === 0) return null;
  const received = findings.map((each) => each.received.replaceAll(action, '…')).join('; ');
  if (property === 'reply' && OWN_CODE.test(received)) return null;
  const isServed = received.startsWith('code 0');
  if (isServed) return `${level} ${property} code 0${property.endsWith('harmless') ? ` ${action}` : ''}`;
  // Texts and numbers, such as lengths and identities, differ from reply to reply.
  const kind = received
    .replaceAll(/"[^"]*"/g, (text) => (property === 'envelope' ? '"…"' : text))
    .replaceAll(/\d+/g, (digits) => (property === 'syntax' ? '#' : digits));
  return `${level} ${CREDENTIALS.has(property) ? 'credentials' : property} ${kind}`;
}
