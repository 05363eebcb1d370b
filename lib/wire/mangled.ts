/** What cameras make of a text on its way into a setting and back. */

/** A text as it is, decoded once too often, escaped once too often, or without its blanks. */
function spellingsOf(text: string): readonly string[] {
  const spaced = text.replaceAll('+', ' ');
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const all = [
    text,
    spaced,
    decoded(text),
    decoded(spaced),
    escaped,
    JSON.stringify(text).slice(1, -1),
    text.replaceAll('\\', ''),
    encodeURIComponent(text),
  ];
  return [...all, ...all.map((each) => each.trim())];
}

const decoded = (text: string): string => text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Whether a text that was read is one that was sent, or what is left of it: a beginning of it or of a usual other spelling. */
export const isMadeOf = (read: string, sent: Iterable<string>): boolean => {
  if (read === '') return false;
  for (const text of sent) if (spellingsOf(text).some((spelling) => spelling.startsWith(read))) return true;
  return false;
};
