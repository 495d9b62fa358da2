/** The sections of the settings: a new one is one file beside this one, and one line here. */
export { crisis } from './crisis.ts';
export { exempt } from './exempt.ts';
export { language } from './language.ts';
export { log } from './log.ts';
export { notes } from './notes.ts';
export { support } from './support.ts';
export { tags } from './tags.ts';
