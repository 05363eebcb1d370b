/** Checks of a command that need not carry it out: credentials and JSON. What it does is written out in its section's file. */
import { isNotOffered } from '../../camera/outcome.ts';
import type { Command, Section } from '../../document/notation.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { type ActionUnderTest, actionChecks } from './action-checks.ts';

const HTTP_NOT_FOUND = 404;

export function commandChecks(section: Section): readonly Check<Bench>[] {
  const seen = new Set(section.parts.flatMap((part) => (part.kind === 'settings' && part.set !== undefined ? [part.set] : [])));
  return section.parts.flatMap((part) => {
    if (part.kind !== 'command' || part.path !== undefined || seen.has(part.action)) return [];
    seen.add(part.action);
    return actionChecks(commandUnderTest(section, part));
  });
}

function commandUnderTest(section: Section, command: Command): ActionUnderTest {
  const { action, place, hazards } = command;
  return {
    action,
    identify: (property, title, level, covers) => ({
      id: `${section.slug}/${action}/${property}`,
      place,
      action,
      parameter: null,
      title,
      level,
      hazards,
      covers: covers.map((demand) => `${section.slug}/${action}/${demand}`),
      after: [],
    }),
    repeated: [],
    isMissing: isNotOffered,
    // Nothing else is answered so: there is no such page.
    isAbsent: ({ answer }) => answer.status === HTTP_NOT_FOUND,
    tempting: async () => command.probe ?? command.example.requests[0] ?? null,
    changes: async () => [],
    changesAreSeen: false,
    offered: async () => {},
    once: (_, __, experiment) => experiment(),
    repeatable: hazards.length === 0,
    hasParameters: command.rows.length > 0,
  };
}
