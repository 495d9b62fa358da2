/** Transcripts that the bot does not play as expected yet, by id, each with what is misread. Take one out as soon as it does. */
export const notYet: ReadonlySet<string> = new Set([
  // ended.yaml: "sundays were bad for me too" counts as taking seriously what was said, and so as listening.
  'that-did-not-help',
  // second/
  // A bare "nah" after "do you want me to help?" is no decline yet. Silence.
  's-want-help-thinking-nah',
  // "Calmed down a bit, what would you do": taken for an end. Silence, for the wrong reason.
  's-none-then-what-would-you',
  // The encoder has a doubt of danger in "ending my internship", "ending my engagement", a story of years ago. Silences.
  'no-danger-in-the-starter',
  's-replier-ending-engagement',
  's-starter-plans-to-tell',
  's-days-in-a-thread',
  // A short cliché ("it is what it is", "it just wasn't meant to be") or what answers an odd post is not sure enough. Silences.
  'hugs-not-solutions',
  'left-out-forum-cleo',
  'somebody-elses-trouble-comforted',
  's-died-inside',
  's-two-mugs',
]);
