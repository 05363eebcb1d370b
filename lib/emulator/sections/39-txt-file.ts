/** Section 39: text files, of any content. */
import { ILLEGAL_CODE, MAX_TEXT_BYTES, MISSING_CODE } from '../accept.ts';
import type { Handlers, Reply } from '../handler.ts';

/** 1.3: `file open failed`. */
export const OPEN_FAILED_CODE = -107;
/** 1.3: `file is too large`. */
export const TOO_LARGE_CODE = -105;
const MAX_FILE_BYTES = 65_536;
const MAX_FILES = 64;
/** 1.3: `insufficient storage space`. */
export const NO_SPACE_CODE = -106;

export const txtFile: Handlers = {
  getPlatformConfFile: (camera, json) => {
    const path = json?.file_path;
    if (path === undefined) return { code: MISSING_CODE };
    if (typeof path !== 'string') return { code: ILLEGAL_CODE };
    const content = camera.memory.files.get(path);
    return content === undefined ? { code: OPEN_FAILED_CODE } : { code: 0, members: { file_content: content } };
  },
  setPlatformConfFile: (camera, json): Reply => {
    const { file_path: path, file_content: content } = json ?? {};
    if (path === undefined || content === undefined) return { code: MISSING_CODE };
    if (typeof path !== 'string' || typeof content !== 'string') return { code: ILLEGAL_CODE };
    if (path === '' || Buffer.byteLength(path) > MAX_TEXT_BYTES) return { code: OPEN_FAILED_CODE };
    const length = Buffer.byteLength(content);
    if (length > MAX_FILE_BYTES) return { code: TOO_LARGE_CODE };
    if (!camera.memory.files.has(path) && camera.memory.files.size >= MAX_FILES) return { code: NO_SPACE_CODE };
    camera.memory.files.set(path, content);
    return { code: 0, members: { file_length: length } };
  },
};
