/**
 * A command that npm started goes when npm goes. `docker stop`, a cancelled job and `kill $!` end npm, which passes on no signal: what it
 * started would go on as an orphan, to its end or for ever.
 */

const EVERY_MS = 300;

/** npm, npx, pnpm and yarn tell what they run by this. Without it a parent that goes is a shell that somebody left. */
const RUNS_SCRIPT = 'npm_lifecycle_event';

/** Has this process get SIGTERM when its parent is gone. Keeps no process alive. */
export function endWithParent(environment: NodeJS.ProcessEnv = process.env): void {
  if (environment[RUNS_SCRIPT] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, EVERY_MS);
  timer.unref();
}
