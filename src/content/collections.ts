/** The folders of content: a new one is one file beside this one, and one line here. */
export { explanations } from './explanations.ts';
export { kinds } from './kinds.ts';
export { prompts } from './prompts.ts';
export { scenarios } from './scenarios.ts';
