/** What Allure shows of a check: section as epic, action as feature, parameter as story, the level as severity, the evidence. */
import * as allure from 'allure-js-commons';
import type { CheckIdentity } from '../checks/check.ts';
import type { Section } from '../document/notation.ts';
import { formatExchange } from '../report/evidence.ts';
import type { Judged } from './verdict.ts';

const SEVERITY = { must: 'critical', should: 'minor', note: 'trivial' } as const;

export async function describeToAllure(section: Section, identity: CheckIdentity, judged: Judged): Promise<void> {
  if (process.env.CAMERA_ALLURE !== '1') return;
  await allure.labels(
    { name: 'epic', value: `${section.number} ${section.title}` },
    { name: 'feature', value: identity.action ?? section.title },
    { name: 'story', value: identity.parameter ?? identity.id },
    { name: 'severity', value: SEVERITY[identity.level] },
    { name: 'place', value: identity.place },
    { name: 'verdict', value: judged.verdict },
  );
  if (judged.message !== null) await allure.description(judged.message);
  if (judged.exchange !== null) await allure.attachment('Exchange', formatExchange(judged.exchange), 'text/plain');
}
