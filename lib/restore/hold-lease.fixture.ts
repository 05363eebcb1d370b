/** A process that takes a lease, says whether it got it and its own number, and stays: name, what and folder are its arguments. */
import { takeLease } from './lease.ts';

const [name = '', what = '', folder = ''] = process.argv.slice(2);
takeLease(name, what, folder).then(({ kind }) => {
  console.log(kind, process.pid);
  setInterval(() => undefined, 1000);
});
