/** The requests that lead to a finding, with what came back: numbered, and the one where it shows is marked. */

import { CREDENTIALS_IN_WORDS } from '../../evidence/step-words.ts';
import type { CheckResult, CheckStep } from '../../results/results.ts';
import { askedAction } from '../../wire/asked-action.ts';
import type { RtspExchange } from '../../wire/exchange.ts';
import { block, exchangeView } from './exchange-view.ts';
import { type Content, html } from './html.ts';
import { count } from './wording.ts';

const KINDS = {
  read: 'reads',
  change: 'changes the camera',
  picture: 'gets a picture',
  session: 'one RTSP session',
} as const satisfies Record<CheckStep['kind'], string>;

/** What a check asked, folded on a screen; nothing where it asked nothing that was kept. */
export function stepsView({ steps = [], exchange }: CheckResult): Content {
  // Results of earlier versions have no steps.
  if (steps.length === 0) return exchange !== null && folded('Request and reply', exchangeView(exchange));
  const several = steps.length > 1;
  const shown = steps.map(
    (step) =>
      html`<li>${several && html`<p class="step">${nameOf(step)}</p>`}${step.kind === 'session' ? session(step) : step.exchanges.map(exchangeView)}</li>\n`,
  );
  const summary =
    steps[0]?.kind === 'session' && !several ? 'The RTSP session: requests and replies' : several ? 'Requests and replies' : 'Request and reply';
  return folded(summary, html`<ol class="${several ? 'steps' : 'steps single'}">${shown}</ol>`);
}

const folded = (summary: string, body: Content): Content => html`<details class="evidence"><summary>${summary}</summary>${body}</details>`;

function nameOf(step: CheckStep): Content {
  const { kind, times, shows } = step;
  const [first] = step.kind === 'session' ? [] : step.exchanges;
  const action = first === undefined ? null : askedAction(first);
  return html`${KINDS[kind]}${action !== null && html` <code>${action}</code>`}${CREDENTIALS_IN_WORDS[first?.credentials ?? 'right']}${times > 1 && `, ${count(times)} times with the same reply`}${shows && html`: <strong>here it shows</strong>`}`;
}

/** In one block, as it went to and fro. */
const session = ({ exchanges, facts }: CheckStep & { kind: 'session' }): Content => html`
<dl class="exchange session">
${block('Requests (→) and replies (←)', exchanges.map(toAndFro).join('\n\n'))}
${facts !== null && block('What was measured', facts)}
</dl>`;

function toAndFro({ request, reply, failure }: RtspExchange): string {
  const came = reply === null ? (failure ?? 'no reply') : reply.text.trimEnd();
  return `→ ${request.trimEnd()}\n\n← ${came}`;
}
