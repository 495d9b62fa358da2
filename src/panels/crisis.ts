import { by, customIds } from '#panels/custom-ids';
import { button } from '#panels/ui';
import { line } from '#words';

/** The door to /crisis that every panel may have: one press, and who pressed it sees it alone. */
export const crisisDoor = customIds('crisis', { open: by('button') });

/** The words of a unit that leads there. */
export const crisisWords = { crisis: line(80) };

/** `quiet`: on a panel that is about something else. */
export const crisisButton = (words: { crisis: string }, way: 'first' | 'quiet' = 'first') =>
  button(crisisDoor.to.open({}), words.crisis, { style: way === 'first' ? 'primary' : 'secondary' });
