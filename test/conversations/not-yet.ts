/** Transcripts that the bot does not play as expected yet, by id. Take one out as soon as it does. */
export const notYet: ReadonlySet<string> = new Set([]);
