/** How much JSON is looked at before anything is built of it: a text of a megabyte can make objects of a hundred. */

/** Nothing of the document has more than some hundred values. */
export const MAX_VALUES = 20_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** About how many values a JSON text holds, in time linear to its length: one for each comma and opening bracket outside its strings. */
export function countValues(text: string): number {
  let values = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (code === 0x2c || code === 0x5b || code === 0x7b) values += 1;
  }
  return values;
}
