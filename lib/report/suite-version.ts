/** The version of the suite, as reports name it. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const PACKAGE = new URL('../../package.json', import.meta.url);
const packageSchema = z.object({ version: z.string() });

export const suiteVersion = (): string => packageSchema.parse(JSON.parse(readFileSync(PACKAGE, 'utf8'))).version;
