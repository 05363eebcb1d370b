/** The summary of a job in GitHub Actions, in Markdown: the verdict, the sections, what failed, and how to repeat it. */

import { bySection, type CheckResult, isFailure, type Results, summarise } from '../../results/results.ts';
import { exitMeaning } from '../../results/verdict.ts';
import { describeWaiver } from '../../results/waiver.ts';
import { reproduce } from '../repeat/reproduce.ts';
import { codeBlock, inlineCode } from './markdown.ts';

/** GitHub shows no summary of a step at all that is larger than 1 MiB. */
export const SUMMARY_LIMIT = 1024 * 1024;
/** For the sentence that says what was left out. */
const RESERVE = 200;

const LONGEST_NAME = 200;
const LONGEST_BLOCK = 4000;

/** At most `limit` bytes. `titles`: title of a section by its number. */
export function formatSummary(results: Results, titles: ReadonlyMap<string, string>, limit: number = SUMMARY_LIMIT): string {
  const blocks = [
    ...head(results),
    // Before what can be too much for the limit, and folded: what failed comes first.
    sections(results, titles),
    ...list('Failed', results.checks.filter(isFailure), failure),
    ...list(
      'Errors of the suite',
      results.checks.filter(({ verdict }) => verdict === 'error'),
      failure,
    ),
    ...list(
      'Warnings',
      results.checks.filter(({ verdict }) => verdict === 'warn'),
      failure,
    ),
    ...list(
      'Waived',
      results.checks.filter(({ waiver }) => waiver !== undefined),
      waived,
    ),
    ...list(
      'Waivers to look at',
      results.waivers.flatMap(({ sentence }) => sentence ?? []),
      (sentence) => `- ${inlineCode(sentence, LONGEST_BLOCK)}`,
    ),
  ];
  return fitted(blocks, limit);
}

function fitted(blocks: readonly string[], limit: number): string {
  let text = '';
  let bytes = 0;
  for (const [index, block] of blocks.entries()) {
    const size = Buffer.byteLength(block) + 2;
    const isLast = index === blocks.length - 1;
    if (bytes + size > limit - (isLast ? 0 : RESERVE))
      return `${text}\n${blocks.length - index} more entries do not fit here; the reports have them.\n`;
    text += `${block}\n\n`;
    bytes += size;
  }
  return text;
}

function head(results: Results): readonly string[] {
  const { verdict, exitCode, camera, fault, restore, summary, profile, allowed } = results;
  const facts = [
    ['Camera', camera.deviceId],
    ['Firmware', camera.version],
    ['Address', camera.url],
    ['Profile', profile],
    ['Hazards allowed', allowed.join(', ') || 'none'],
  ].flatMap(([name, value]) => (value === null || value === undefined ? [] : [`| ${name} | ${inlineCode(value, LONGEST_NAME)} |`]));
  const { passed, failed, waived: accepted, warned, skipped, errors } = summary;
  return [
    `## Camera: ${verdict}`,
    `Exit code ${exitCode}: ${exitMeaning(results)}.`,
    ...(fault === null ? [] : [`**Not completed:** ${inlineCode(fault, LONGEST_BLOCK)}`]),
    ...(restore.verdict === 'left-modified' ? [`**Not put back:**`, codeBlock(restore.differences.join('\n'), LONGEST_BLOCK)] : []),
    `${passed} passed, **${failed} failed**, ${accepted} waived, ${warned} warned, ${skipped} skipped, ${errors} errors of the suite.`,
    ['| | |', '| --- | --- |', ...facts].join('\n'),
  ];
}

const list = <Item>(heading: string, items: readonly Item[], format: (item: Item) => string): readonly string[] =>
  items.length === 0 ? [] : [`### ${heading}: ${items.length}`, ...items.map(format)];

const failure = (check: CheckResult): string =>
  [
    `<details><summary>${inlineCode(check.id, LONGEST_NAME)} ${inlineCode(check.section, LONGEST_NAME)} ${inlineCode(check.title, LONGEST_NAME)}</summary>`,
    codeBlock(check.message ?? '', LONGEST_BLOCK),
    'Repeat:',
    codeBlock(reproduce(check).command, LONGEST_BLOCK),
    ...byHand(check),
    '</details>',
  ].join('\n\n');

const byHand = (check: CheckResult): readonly string[] => {
  const { request } = reproduce(check);
  return request === null ? [] : ['By hand:', codeBlock(request, LONGEST_BLOCK)];
};

const waived = ({ id, waiver }: CheckResult): string =>
  `- ${inlineCode(id, LONGEST_NAME)} ${inlineCode(waiver === undefined ? '' : describeWaiver(waiver), LONGEST_BLOCK)}`;

function sections({ checks }: Results, titles: ReadonlyMap<string, string>): string {
  const rows = [...bySection(checks)].map(([number, own]) => {
    const { passed, failed, waived: accepted, warned, skipped, errors } = summarise(own);
    const name = inlineCode([number, titles.get(number)].filter(Boolean).join(' '), LONGEST_NAME);
    return `| ${name} | ${[passed, failed, accepted, warned, skipped, errors].join(' | ')} |`;
  });
  return [
    '<details><summary>Sections</summary>',
    '',
    '| section | passed | failed | waived | warned | skipped | errors |',
    '| --- | --: | --: | --: | --: | --: | --: |',
    ...rows,
    '',
    '</details>',
  ].join('\n');
}
