/** JSON broken over lines, each of its values spelled as it came: a number `1.0`, an escaped character, a name that stands twice. */
import { isTooDeep } from '../wire/nesting.ts';

/** What is shorter stands on one line. */
const WIDTH = 80;
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/y;

interface Branch {
  readonly open: string;
  readonly close: string;
  readonly items: { readonly name: string; readonly value: Node }[];
}
/** Of a list or an object what is in it, of anything else its text. */
type Node = string | Branch;

/** The text as it is where it is no JSON object or list. */
export function brokenJson(text: string): string {
  if (!/^\s*[[{]/.test(text) || !isJson(text)) return text;
  const tokens = tokensOf(text);
  return format(read(tokens), '');
}

function isJson(text: string): boolean {
  try {
    return !isTooDeep(JSON.parse(text));
  } catch {
    return false;
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) tokens.push(match[1] as string);
  return tokens.reverse();
}

function read(tokens: string[]): Node {
  const token = tokens.pop() ?? '';
  if (token !== '{' && token !== '[') return token;
  const items: Branch['items'] = [];
  const close = token === '{' ? '}' : ']';
  while (tokens.at(-1) !== close) {
    const name = token === '{' ? (tokens.pop() ?? '') : '';
    if (token === '{') tokens.pop();
    items.push({ name, value: read(tokens) });
    if (tokens.at(-1) === ',') tokens.pop();
  }
  tokens.pop();
  return { open: token, close, items };
}

const inline = (node: Node): string => {
  if (typeof node === 'string') return node;
  const items = node.items.map(({ name, value }) => `${name === '' ? '' : `${name}: `}${inline(value)}`).join(', ');
  return items === '' || node.open === '[' ? `${node.open}${items}${node.close}` : `${node.open} ${items} ${node.close}`;
};

function format(node: Node, indent: string): string {
  if (typeof node === 'string') return node;
  const short = inline(node);
  if (indent.length + short.length <= WIDTH) return short;
  const inner = `${indent}  `;
  const items = node.items.map(({ name, value }) => `${inner}${name === '' ? '' : `${name}: `}${format(value, inner)}`);
  return `${node.open}\n${items.join(',\n')}\n${indent}${node.close}`;
}
