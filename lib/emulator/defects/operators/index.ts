import type { BlindDefect } from '../blind/blind-defect.ts';
export const allOperators = (): readonly BlindDefect[] => [];
export const findOperator = (id: string): BlindDefect | undefined => allOperators().find((each) => each.id === id);
