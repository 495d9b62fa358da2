/**
 * Something that the person who runs the bot, or edits its data, can mend: the message says what is wrong and what to
 * do, and is all that they are shown. Everything else that ends a start is a bug.
 */
export abstract class Mendable extends Error {
  abstract override name: string;
}
