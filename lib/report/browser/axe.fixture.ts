/** What axe finds wrong with a page for people who do not see it, or not well. The only place that knows axe-core. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** One line for each violation: the rule, and the first elements that break it. `rules`: only these; all when absent. */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  if (await page.evaluate('!("axe" in window)')) await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], preload: false, iframes: false, ...(rules === undefined ? {} : { runOnly: rules }) };
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as axe.AxeResults;
  return violations.map(({ id, nodes }) => {
    const broken = nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`);
    return `${id}: ${broken.join('; ')}`;
  });
}
