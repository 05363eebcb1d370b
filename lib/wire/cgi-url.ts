/** The request targets of the interface: percent-encoded as HTTP demands, and the raw form that some cameras insist on. */

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

/** `user=…&pwd=…`, in the document's order; null leaves a parameter out. */
export const credentialsQuery = (user: string | null, pwd: string | null): string => {
  const parts: string[] = [];
  if (user !== null) parts.push(`user=${encodeValue(user)}`);
  if (pwd !== null) parts.push(`pwd=${encodeValue(pwd)}`);
  return parts.join('&');
};

/** The path of the base URL without its closing slash: empty for `http://camera/`, `/proxy/cam1` for `http://host/proxy/cam1/`. */
export const basePath = (base: URL): string => base.pathname.replace(/\/+$/, '');

/** `/action/cgi_action?user=…&pwd=…&action=…&json=…` (1.2); `json` is already encoded, null leaves it out. */
export const cgiTarget = (prefix: string, credentials: string, action: string, json: string | null): string => {
  const target = `${prefix}/action/cgi_action?${credentials}&action=${encodeValue(action)}`;
  return json === null ? target : `${target}&json=${json}`;
};

/** Any other path of the camera with a query in the given order. */
export const plainTarget = (prefix: string, path: string, credentials: string, query: Readonly<Record<string, string>>): string => {
  const parts = credentials === '' ? [] : [credentials];
  for (const [name, value] of Object.entries(query)) parts.push(`${encodeValue(name)}=${encodeValue(value)}`);
  const encodedPath = encodeURI(path.startsWith('/') ? path : `/${path}`)
    .replaceAll('?', '%3F')
    .replaceAll('#', '%23');
  return parts.length === 0 ? prefix + encodedPath : `${prefix}${encodedPath}?${parts.join('&')}`;
};
