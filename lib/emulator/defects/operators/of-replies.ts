/** Operators on what an action answers, whatever was stored: members that are left out, swapped or null, the reply of before or of another. */
import type { Section } from '../../../document/notation.ts';
import type { Members } from '../../../document/row-value.ts';
import type { Tamper } from '../../tamper.ts';
import { hostNow } from '../blind/blind-defect.ts';
import { rowOf, type Scope, shownSubjects } from '../scope.ts';
import { isGood, replying, showing, shown } from '../tampering.ts';
import { clauseOf, idOf, type Made } from './operator.ts';

/** Of each parameter that a get shows. */
export function ofShown(scope: Scope): readonly Made[] {
  const { section, part } = scope;
  const label = part.instances?.[0]?.label ?? '';
  const own = (name: string): string => (label === '' ? name : `${label}.${name}`);
  const subjects = shownSubjects(scope).filter(({ kind }) => kind === 'plain' || kind === 'leaf' || kind === 'list');
  const rows = subjects.flatMap((subject): Made[] => {
    const breaks = clauseOf(section, `${own(subject.name)}/type`);
    const make = (word: string, does: string, tamper: () => Tamper): Made => ({
      id: idOf(word, scope, subject.name),
      does: `${part.get}: ${does}`,
      breaks,
      level: 'must',
      plant: (_ = hostNow) => ({ tamper: tamper() }),
    });
    const everySecond = (change: (value: unknown) => unknown) => (): Tamper => {
      let reading = 0;
      return {
        reply: (action, _, reply) => {
          if (action !== part.get || !isGood(reply)) return reply;
          reading += 1;
          return reading % 2 === 0 ? shown(subject, reply, change) : reply;
        },
      };
    };
    return [
      make('shows-null', `shows null for ${subject.name}`, () => showing(scope, subject, () => null)),
      make(
        'left-out-each-second',
        `leaves ${subject.name} out of each second reply`,
        everySecond(() => undefined),
      ),
      ...(rowOf(subject).volatile || subject.kind === 'list'
        ? []
        : [
            make(
              'shows-other-each-second',
              `shows another ${subject.name} in each second reply`,
              everySecond((value) => (typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}x` : value)),
            ),
          ]),
      make('shows-in-a-list', `shows ${subject.name} in a list`, () => showing(scope, subject, (value) => [value])),
    ];
  });
  return rows;
}

/** Of each action as a whole. */
export function ofAction(section: Section, subject: string, action: string): readonly Made[] {
  const make = (word: string, does: string, tamper: () => Tamper, demand = 'reply'): Made => ({
    id: `operator/${word}/${section.slug}/${subject}`,
    does: `${action}: ${does}`,
    breaks: clauseOf(section, `${subject}/${demand}`),
    level: 'must',
    plant: (_ = hostNow) => ({ tamper: tamper() }),
  });
  const changing = (change: (reply: Members) => Members | string) => (): Tamper =>
    replying(action, (reply) => (isGood(reply) ? change(reply) : reply));
  return [
    make(
      'answers-the-code-alone',
      'answers with its code alone',
      changing(({ code }) => ({ code })),
      'envelope',
    ),
    make(
      'answers-code-minus-one',
      'does what it is asked and answers code -1',
      changing((reply) => ({ ...reply, code: -1 })),
    ),
    make(
      'answers-cut',
      'leaves out the last ten bytes of its reply',
      changing((reply) => JSON.stringify(reply).slice(0, -10)),
    ),
    make(
      'answers-lower',
      'writes its names in small letters',
      changing((reply) => Object.fromEntries(Object.entries(reply).map(([name, value]) => [name.toLowerCase(), value]))),
      'envelope',
    ),
    make(
      'answers-of-another',
      'names another camera',
      changing((reply) => ({ ...reply, deviceID: 'CBT000114010100010239', device_id: 'CBT000114010100010239' })),
      'envelope',
    ),
    make('answers-nothing-each-second', 'answers each second request with nothing', () => {
      let count = 0;
      return replying(action, (reply) => {
        count += 1;
        return isGood(reply) && count % 2 === 0 ? '' : reply;
      });
    }),
  ];
}
