/** A request and its reply as they are read: the request with its JSON decoded, the reply with a blank line before its body. */

import { replyText, requestText } from '../../evidence/exchange-text.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { cameraBlock } from './camera-text.ts';
import { type Content, type Html, html } from './html.ts';

/** Characters of a block; the whole is in results.json. */
const LONGEST_BLOCK = 5000;

export function exchangeView(exchange: Exchange): Html {
  const { failure, deviations } = exchange;
  const reply = replyText(exchange);
  return html`
<dl class="exchange">
${block('Request', requestText(exchange))}
${failure !== null && block('No reply', failure)}
${reply !== null && block('Reply', reply, 'reply')}
${deviations.length > 0 && block('Deviations', deviations.map(({ id, detail }) => `${id}: ${detail}`).join('\n'))}
</dl>`;
}

/** `kind`: how it is printed, see the style. */
export const block = (name: string, text: string, kind = 'part'): Content =>
  html`<div class="${kind}"><dt>${name}</dt><dd>${cameraBlock(text, LONGEST_BLOCK)}</dd></div>\n`;
