/** For `node --import`: this process can load TypeScript. */
import { register } from 'node:module';

register('./strip-types.mjs', import.meta.url);
