/** Values in a URL: percent-encoded as HTTP demands, and the raw form that some cameras insist on. */

/** What JSON consists of and URIs may not hold unescaped, and all bytes beyond ASCII. Not `%25`, `%26`, `%2B`, `%23`, blanks, controls. */
const RAW_IN_JSON = /%(?:7B|7D|22|5B|5D|3A|2C|5C|[89A-F][0-9A-F])/g;
/** `encodeURIComponent` throws on half a surrogate pair. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

export const encodeValue = (value: string): string => {
  try {
    return encodeURIComponent(value);
  } catch {
    return encodeURIComponent(value.replace(LONE_SURROGATE, '\ufffd'));
  }
};

/**
 * The encoded value with the characters of JSON unescaped, one UTF-16 unit per byte on the wire (to be written as latin1).
 * For cameras that search the undecoded query (home-assistant/core#33875, rroller/dahua#647).
 */
export const rawValue = (encoded: string): string => encoded.replace(RAW_IN_JSON, (byte) => String.fromCharCode(Number.parseInt(byte.slice(1), 16)));
