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
  'near-misses',
  'malformed-json',
  'loose-json',
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
const CREDENTIALS: ReadonlySet<string> = new Set(['wrong-user', 'wrong-password', 'no-password', 'plain-password', 'near-misses']);
/** A set refused with such a code may be refused for what it names; codes 1 and -1 say nothing of that. */
const OWN_CODE = /^code (?!-?1\b)-?\d/;
const MOST_NAMED = 6;

interface Cause {
  /** what was told at first */
  readonly judged: Judged;
  /** at which it was seen */
  readonly actions: string[];
  /** how many actions more than its own the finding names by now */
  told: number;
}

export class Causes {
  readonly #known = new Map<string, Cause>();
  #superseded: Judged[] = [];

  /** What comes of a judged check in the light of those before it: itself, or blocked by the first that met the same. */
  judge(identity: Pick<CheckIdentity, 'id' | 'action' | 'parameter'>, judged: Judged): Judged {
    return withoutCauses(this.#judge(identity, judged));
  }

  #judge(identity: Pick<CheckIdentity, 'id' | 'action' | 'parameter'>, judged: Judged): Judged {
    if (!isAgainstCamera(judged)) return judged;
    const keys = keysOf(identity, judged);
    const causes = keys.map((key) => (key === null ? undefined : this.#causeOf(key, judged.level)));
    for (const [index, cause] of causes.entries()) {
      const key = keys[index] ?? null;
      if (key === null || cause?.judged.id === judged.id) continue;
      if (cause === undefined) {
        this.#noteSuperseded(key, judged);
        this.#known.set(`${judged.level} ${key}`, { judged, actions: present(judged.action), told: 0 });
      } else {
        cause.actions.push(...present(identity.action).filter((action) => !cause.actions.includes(action)));
      }
    }
    const [first] = causes;
    const isKnown = causes.every((cause) => cause !== undefined && cause.judged.id !== judged.id);
    if (first === undefined || !isKnown) return judged;
    return sameCauseAs(first.judged, judged);
  }

  /** What was warned of before it was known to be a failure. */
  #noteSuperseded(key: string, judged: Judged): void {
    const warned = judged.level === 'must' ? this.#known.get(`should ${key}`)?.judged : undefined;
    if (warned !== undefined && warned.findings.length === 1) this.#superseded.push(sameCauseAs(judged, warned));
  }

  /** What was told as a failure need not be warned of; a warning hides no failure. */
  #causeOf(key: string, level: Judged['level']): Cause | undefined {
    return this.#known.get(`must ${key}`) ?? (level === 'must' ? undefined : this.#known.get(`${level} ${key}`));
  }

  /** The first findings that have become known at more actions since this was last asked, with those actions; and what a failure stands for. */
  grown(): readonly Judged[] {
    const superseded = this.#superseded.splice(0);
    const isGone = new Set(superseded.map(({ id }) => id));
    const grown = [...this.#known.values()].flatMap((cause) => {
      const others = othersOf(cause).length;
      if (others === cause.told) return [];
      cause.told = others;
      return isGone.has(cause.judged.id) ? [] : [withoutCauses(withActions(cause))];
    });
    return [...superseded, ...grown];
  }
}

const sameCauseAs = ({ id }: Judged, judged: Judged): Judged => ({
  ...judged,
  verdict: 'skip',
  skipReason: 'blocked',
  message: `same cause as ${id}: ${judged.findings[0]?.received ?? ''}`,
  findings: [],
  exchange: null,
});

/** What is told says nothing of how it was put together. */
const withoutCauses = (judged: Judged): Judged => ({ ...judged, findings: judged.findings.map(({ cause: _, ...told }) => told) });

const present = (action: string | null): string[] => (action === null ? [] : [action]);

const othersOf = ({ judged, actions }: Cause): readonly string[] => actions.filter((action) => action !== judged.action);

function withActions(cause: Cause): Judged {
  const { judged } = cause;
  const others = othersOf(cause);
  const rest = others.length - MOST_NAMED;
  const named = [...others.slice(0, MOST_NAMED), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  const findings = judged.findings.map((each, index) =>
    index === 0 ? { ...each, ...finding(each.documented, `${each.received}; the same at ${named}`) } : each,
  );
  return { ...judged, findings, message: messageOf(findings) };
}

/** One for each finding that says what it is caused by; one for all of them otherwise. Null: told where it is found. */
function keysOf(identity: Pick<CheckIdentity, 'id' | 'action' | 'parameter'>, judged: Judged): readonly (string | null)[] {
  if (judged.findings.every(({ cause }) => cause === undefined)) return [keyOf(identity, judged)];
  return judged.findings.map(({ cause }) => cause ?? null);
}

function keyOf({ id, action, parameter }: Pick<CheckIdentity, 'id' | 'action' | 'parameter'>, { findings }: Judged): string | null {
  const property = id.slice(id.lastIndexOf('/') + 1);
  if (action === null || parameter !== null || !OF_EVERY_ACTION.has(property) || findings.length === 0) return null;
  const received = findings.map((each) => each.received.replaceAll(action, '…')).join('; ');
  if (property === 'reply' && OWN_CODE.test(received)) return null;
  const isServed = received.startsWith('code 0');
  if (isServed) return `${property} code 0${property.endsWith('harmless') ? ` ${action}` : ''}`;
  // Texts and numbers, such as lengths and identities, differ from reply to reply.
  const kind = received
    .replaceAll(/"[^"]*"/g, (text) => (property === 'envelope' ? '"…"' : text))
    .replaceAll(/\d+/g, (digits) => (property === 'syntax' ? '#' : digits));
  return `${CREDENTIALS.has(property) ? 'credentials' : property} ${kind}`;
}
