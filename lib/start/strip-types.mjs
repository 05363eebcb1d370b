/**
 * How Node loads the TypeScript of this project: types become blanks, so that lines and columns stay as written and no source map is
 * needed, and what is left is kept for the next process. A command starts some hundred files, and the processes that a run starts as
 * many again; a loader that can do more (tsx) took half of the processor's time of a short run.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Gone with `npm ci`, as is the version of the stripper that filled it. */
const KEPT = fileURLToPath(new URL('../../node_modules/.cache/strip-types/', import.meta.url));

/** Node's hook: https://nodejs.org/api/module.html#loadurl-context-nextload */
export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  return { format: 'module', source: stripped(fileURLToPath(url)), shortCircuit: true };
}

function stripped(path) {
  const text = readFileSync(path, 'utf8');
  const kept = `${KEPT}${createHash('sha256').update(text).digest('hex')}.js`;
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const code = strip(text, path);
    keep(kept, code);
    return code;
  }
}

/** Half a file must not be read by a process that starts at the same time. Where nothing can be written, the next process strips again. */
function keep(path, code) {
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(temporary, code);
    renameSync(temporary, path);
  } catch {}
}

let stripper;

function strip(text, path) {
  stripper ??= createRequire(import.meta.url)('@swc/wasm-typescript');
  try {
    return stripper.transformSync(text, { mode: 'strip-only', module: true }).code;
  } catch (error) {
    throw new SyntaxError(`${path}: ${error?.message ?? error}`);
  }
}
