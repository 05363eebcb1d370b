/** The value of the first header of that name (lower case), or undefined. */
export const headerValue = (headers: readonly (readonly [name: string, value: string])[], name: string): string | undefined => {
  for (const header of headers) if (header[0].length === name.length && header[0].toLowerCase() === name) return header[1];
  return undefined;
};
