import { describe, isNotOffered } from '../lib/camera/outcome.ts';
import { statusFindings } from '../lib/checks/actions/reply-findings.ts';
import { bytesInWords } from '../lib/checks/values/bytes-in-words.ts';
import { TELNET_PATH, telnet } from '../lib/document/sections/02-telnet.ts';
import { section } from '../lib/execution/section.ts';
import { fail, Skipped, verify } from '../lib/results/finding.ts';

section(telnet, ({ requirement }) => {
  // "close" comes last: whatever telnet was before, it ends closed.
  for (const operation of ['open', 'close']) {
    requirement(
      `telnet/${operation}/named`,
      'must',
      `action=${operation} is answered with HTML that names the operation`,
      { action: 'telnet', hazards: ['telnet'], covers: [`${operation}-names-operation`, 'telnet/reply', 'action/necessary'] },
      async ({ camera }) => {
        const outcome = await camera.openPath(TELNET_PATH, { action: operation });
        if (isNotOffered(outcome)) throw new Skipped('not-offered', `${TELNET_PATH} is answered with ${describe(outcome)}`);
        if (outcome.answer.status === 401)
          throw new Skipped('not-testable', 'telnet wants a log-in that is none of the document, Basic or Digest: HTTP status 401');
        const { answer } = outcome;
        const text = answer.body.kind === 'text' ? answer.body.text : '';
        verify(statusFindings(outcome), answer.exchange);
        if (!/<html>[\s\S]*<\/html>/i.test(text) || !new RegExp(`oper:\\s*${operation}\\b`).test(text)) {
          fail(`HTML that says "oper: ${operation}"`, bytesInWords(answer.bytes), answer.exchange);
        }
      },
    );
  }
});
