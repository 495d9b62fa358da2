/** The sections of the settings: a new one is one file beside this one, and one line here. */
export { support } from './support.ts';
