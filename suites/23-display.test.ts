import { expectDone } from '../lib/checks/expectations.ts';
import { type Finding, finding, verify } from '../lib/checks/finding.ts';
import type { SettingsLab } from '../lib/checks/settings-lab.ts';
import { isSameValue, isSettable, type Members, valueIn } from '../lib/document/row-value.ts';
import { display } from '../lib/document/sections/23-display.ts';
import { section } from '../lib/runner/section.ts';

/** Settings that differ from what is set now in every plain parameter that can be changed. */
function otherSettings(lab: SettingsLab): Members {
  const values = lab
    .changeable()
    .filter((subject) => subject.kind === 'plain' && lab.applies(subject.top) && !lab.isGovernor(subject.top))
    .flatMap((subject) => {
      const [candidate] = lab.candidates(subject);
      return candidate === undefined ? [] : [[subject, candidate.value] as const];
    });
  return lab.membersForAll(values);
}

section(display, ({ generic, requirement }) => {
  generic();

  for (const [get, place, clause] of [
    ['getImageAdjustment', '23.5', 'base-restore'],
    ['getImageAdjustmentEx', '23.6', 'advanced-restore'],
  ] as const) {
    requirement(
      `display/${get.replace('get', 'set')}/set-default`,
      'must',
      'set_default 1 brings back the same settings, whatever they were',
      { place, action: get.replace('get', 'set'), covers: [clause] },
      async ({ camera, lab, part }) => {
        const settings = lab(get);
        await settings.opening();
        const restore = async () => {
          const outcome = await camera.set(part(get), settings.instance, { set_default: 1 });
          expectDone(outcome, camera);
          return { outcome, reply: await settings.read() };
        };
        const first = await restore();
        await settings.attempt(otherSettings(settings));
        const changed = settings.current;
        const second = await restore();
        const findings: Finding[] = part(get)
          .rows.filter((row) => isSettable(row) && !row.volatile && !isSameValue(valueIn(row, first.reply), valueIn(row, second.reply)))
          .map((row) =>
            finding(
              `${row.name} ${valueIn(row, first.reply)} after set_default, as the time before`,
              `${row.name} ${valueIn(row, second.reply)} (before: ${valueIn(row, changed)})`,
            ),
          );
        verify(findings, second.outcome.answer.exchange);
      },
    );
  }
});
