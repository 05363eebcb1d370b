/** Why a connection failed, from what the operating system or TLS says. */
export type NoReplyReason = 'refused' | 'unreachable' | 'timeout' | 'dropped' | 'too-large' | 'unparseable' | 'tls' | 'name-not-found';

const REASON_OF_CODE: Readonly<Record<string, NoReplyReason>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  EPROTO: 'tls',
};

export const codeOf = (error: Error): string => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : '';
};

/** Why a socket failed. What is no known code is a dropped connection. */
export const reasonOf = (error: Error): NoReplyReason => {
  const code = codeOf(error);
  return REASON_OF_CODE[code] ?? (/^ERR_(?:TLS|SSL)_|CERT|SELF_SIGNED|LEAF_SIGNATURE/.test(code) ? 'tls' : 'dropped');
};
