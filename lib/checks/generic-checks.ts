/** Every check that the rows of a section produce, in the order in which they are best read and run. */
import { instancesOf } from '../camera/camera.ts';
import type { Section, Settings } from '../document/notation.ts';
import { commandChecks } from './actions/command-checks.ts';
import { envelopesAlwaysChecks, getCredentialChecks, instanceChecks, pairActionChecks } from './actions/pair-action-checks.ts';
import type { Bench } from './bench.ts';
import type { Check } from './check.ts';
import type { Scope } from './identify.ts';
import { isolationChecks } from './isolation/isolation-checks.ts';
import { illegalChecks } from './sets/illegal-checks.ts';
import { pairChecks, unknownParameterChecks } from './sets/pair-checks.ts';
import { setChecks } from './sets/set-checks.ts';
import { sameAgainCheck } from './values/same-again.ts';
import { valueChecks } from './values/value-checks.ts';

export function genericChecks(section: Section): readonly Check<Bench>[] {
  const scopes = section.parts
    .filter((part): part is Settings => part.kind === 'settings')
    .flatMap((part) => instancesOf(part).map((instance): Scope => ({ section, part, instance })));
  return [...scopes.flatMap(checksOfScope), ...commandChecks(section)];
}

/** The actions themselves are checked once, by the first instance; of the others, that they answer. */
function checksOfScope(scope: Scope): readonly Check<Bench>[] {
  const isFirst = scope.instance === instancesOf(scope.part)[0];
  return [
    ...(isFirst ? pairActionChecks(scope) : instanceChecks(scope)),
    ...valueChecks(scope),
    ...setChecks(scope),
    ...illegalChecks(scope),
    ...unknownParameterChecks(scope),
    ...isolationChecks(scope),
    ...pairChecks(scope),
    ...(isFirst ? getCredentialChecks(scope) : []),
    sameAgainCheck(scope),
    ...(isFirst ? envelopesAlwaysChecks(scope) : []),
  ];
}
