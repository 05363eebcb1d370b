/** What tells whether a camera answers, and lets in. Two, because one of them may be what is not answered. */
export const QUESTIONS = ['getSysConfig', 'getOsdConf'] as const;
