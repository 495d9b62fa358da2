/** The sections of the settings: a new one is one file beside this one, and one line here. */
export { crisis } from './crisis.ts';
export { support } from './support.ts';
