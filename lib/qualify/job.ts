/** What a worker process is asked to do, and what it answers: plain data over IPC. */
import type { BlindResult } from './run-blind.ts';
import type { DefectResult } from './run-defect.ts';
import type { GoodResult } from './run-good.ts';
import type { ModelResult } from './run-model.ts';

export type Job =
  | { readonly kind: 'defects'; readonly ids: readonly string[] }
  | { readonly kind: 'blind'; readonly ids: readonly string[] }
  | { readonly kind: 'model'; readonly id: string }
  /** traits and drawn cameras that were made blindly */
  | { readonly kind: 'good'; readonly ids: readonly string[] };

export type Answer =
  | { readonly kind: 'defects'; readonly results: readonly DefectResult[] }
  | { readonly kind: 'blind'; readonly results: readonly BlindResult[] }
  | { readonly kind: 'model'; readonly result: ModelResult }
  | { readonly kind: 'good'; readonly results: readonly GoodResult[] }
  | { readonly kind: 'broken'; readonly message: string };

/** Jobs of one worker are told apart by their number: it works at several. */
export interface Order {
  readonly number: number;
  readonly job: Job;
}

export interface Delivery {
  readonly number: number;
  readonly answer: Answer;
}
