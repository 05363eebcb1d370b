/**
 * How HTTPS is spoken. A camera signs its own certificate and often has no clock to judge dates by, so neither is verified:
 * the suite tests the camera at the address that it was given, and trusts none of its replies.
 */
export const TLS_OPTIONS = { rejectUnauthorized: false } as const;
