/** The findings of a check, read back from its `message`: see `messageOf`. */
import type { Finding } from '../../results/finding.ts';

const LINE = /^(Documented|Received) {2,}/;

/** Null where the message is not made of findings, such as the reason of a skipped check. */
export function findingsOf(message: string): readonly Finding[] | null {
  const findings: { documented: string; received: string }[] = [];
  let member: 'documented' | 'received' = 'documented';
  for (const line of message.split('\n')) {
    const [label = '', word] = LINE.exec(line) ?? [];
    if (word === 'Documented') findings.push({ documented: '', received: '' });
    const last = findings.at(-1);
    if (last === undefined) return null;
    if (word !== undefined) member = word === 'Documented' ? 'documented' : 'received';
    last[member] = word === undefined ? `${last[member]}\n${line}` : line.slice(label.length);
  }
  return findings;
}
