/** Whether a text is Base64 (RFC 4648, 4), its lines ended as in MIME or not at all. An empty one is. */
export function isBase64(text: string): boolean {
  // In steps that are each linear: one pattern for all would look at each run of blanks anew from each of them.
  return !/[^A-Za-z0-9+/\s]/.test(text.trimEnd().replace(/={1,2}$/, ''));
}
