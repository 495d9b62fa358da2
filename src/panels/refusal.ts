/** Something that a person asked for and cannot have, in words for them. Everything else thrown is a bug. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly words: string;
  constructor(words: string) {
    super('refused');
    this.words = words;
  }
}

/** The panel that was pressed speaks of something that is no longer there. The person is shown the way to a new one. */
export class OldPanel extends Error {
  override name = 'OldPanel';
}
