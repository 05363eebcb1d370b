/** What a process that is started with files of this project needs among its flags. */
export const LOADER: readonly string[] = ['--import', new URL('./register.mjs', import.meta.url).href];
