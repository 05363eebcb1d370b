/** Section 1, Generic: the envelope of every reply, the texts of the two general errors, and the error codes. */
import { documentSection, number, row, text } from '../notation.ts';

/** 1.1, response example 1. */
export const USER_ERROR_TEXT = 'error user/pwd';
/** 1.1, response example 2. */
export const JSON_ERROR_TEXT = 'error json';

/** 1.1, response example 3: what every JSON reply holds beside its own parameters. */
export const ENVELOPE = [
  row('code', 'N-', number(0)),
  row('device_mac', 'N-', text()),
  row('deviceID', 'N-', text()),
  row('device_id', 'N-', text()),
  row('device_ip', 'N-', text()),
  row('log', 'N-', text()),
] as const;

/** Members that examples show beside the table's: in place of `log`, and a signature. */
export const ENVELOPE_EXTRAS = ['message', 'sign_tby'] as const;

/** 1.3. Codes 1 to 100 are those of libcurl. */
export const ERROR_CODES: Readonly<Record<number, string>> = {
  [-101]: 'file name or ID is the same',
  [-102]: 'libraries full',
  [-103]: 'adding a timeout',
  [-104]: 'parameter error',
  [-105]: 'file is too large',
  [-106]: 'insufficient storage space',
  [-107]: 'file open failed',
  [-108]: 'no database',
  [-109]: 'image reading failed',
  [-110]: 'database file is damaged',
  [-111]: 'picture quality is poor',
  [-112]: 'image size is wrong',
  [-113]: 'face detection failed',
  [-114]: 'picture format error',
  [-115]: 'face area error',
  [-116]: 'algorithm creates a handle error',
  [-117]: 'device is busy',
  [-118]: 'file writing failed',
  [-119]: 'deletion failed',
  [-120]: 'failed to allocate memory',
  [-121]: 'number of people in the list is null',
  [-122]: 'valid time error',
  [-123]: 'failed to write characteristic value',
  201: 'parameter does not exist',
  202: 'user id already exists',
  203: 'user id does not exist',
  204: 'device is busy',
  205: 'the parameter is invalid',
  206: 'administrator password error',
  207: 'picture name does not meet the rules',
  208: 'no new information',
  209: 'device not supported',
  210: 'the file format is not supported',
  299: 'no reaction',
};

/** Codes that mean "ask again later". */
export const BUSY_CODES: ReadonlySet<number> = new Set([-117, 204]);
/** The code of an action that this model does not have. */
export const NOT_SUPPORTED_CODE = 209;

/** Whether 1.3 lists a code: 0, those of libcurl (1 to 100), and the table. */
export const isDocumentedCode = (code: number): boolean => (code >= 0 && code <= 100 && Number.isInteger(code)) || code in ERROR_CODES;

/** The same in words, without 0, which is no error. */
export const DOCUMENTED_CODES = '1 to 100, 201 to 210, 299, -101 to -123';

export const generic = documentSection(
  1,
  'generic',
  'Generic',
  [],
  [
    { id: 'unknown-action', place: '1.1', says: 'an action that does not exist is answered with the text "error json"' },
    { id: 'envelope', place: '1.1', says: 'every JSON reply names code, device_mac, deviceID, device_id, device_ip and log' },
    { id: 'user-error-first', place: '1.1', says: 'wrong credentials are answered with the text "error user/pwd", whatever is asked for' },
    { id: 'text-replies', place: '1.1', says: 'the two texts come with HTTP status 200' },
  ],
);
