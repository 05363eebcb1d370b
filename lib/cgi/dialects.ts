/** The interfaces that a camera may be asked by, by the words of `CAMERA_API`. */
import type { Dialect } from '../wire/dialect.ts';
import { CGI } from './cgi-dialect.ts';
import { WEB } from './web-dialect.ts';

export const APIS = ['cgi', 'web'] as const;
export type Api = (typeof APIS)[number];

export const DIALECTS: Readonly<Record<Api, Dialect>> = { cgi: CGI, web: WEB };
