/** `1 check`, `1024 checks`: as the terminal and comparisons write a number with its noun. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
