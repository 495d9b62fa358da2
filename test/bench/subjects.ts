/** What is measured: our own reading and its parts, and what people would reach for instead, used as one would use it. */

export type Read = (reply: string, post: string) => unknown;
type Opened = { read: Read; close?: () => Promise<void> };
/** Loads what it needs and no more, so that its memory is its own. */
type Open = () => Promise<Opened>;

const model = `${import.meta.dirname}/../../data/model`;

const detector = async (encoder: boolean) =>
  (await import('#detector/open')).openDetector(undefined, 'en', { encoder });

/** `read` is what the others are compared with. */
export const subjects = {
  /** The whole: signs, the post alone, both together, and the sentence to quote. */
  read: async () => {
    const { read, close } = await detector(true);
    return { read, close };
  },
  /** A reply by itself: whether anything is looked at at all. */
  screen: async () => {
    const { screen, close } = await detector(true);
    return { read: screen, close };
  },
  readAlone: async () => {
    const { readAlone, close } = await detector(true);
    return { read: (said) => readAlone(said), close };
  },
  signs: async () => {
    const { read, close } = await detector(false);
    return { read, close };
  },
  /** One look of the encoder, its pieces counted in. */
  encoder: async () => {
    const { ask, close } = (await import('#detector/model/open')).openModel(model);
    return { read: (reply, post) => ask(reply, post, 1), close };
  },
  /** Words that may hurt. */
  alex: async () => {
    const { text } = await import('alex');
    return { read: (reply) => text(reply).messages };
  },
  /** Imperatives, sentence by sentence. */
  compromise: async () => {
    const { default: nlp } = await import('compromise');
    return {
      read: (reply) => {
        const doc = nlp(reply);
        return [doc.sentences().json(), doc.verbs().isImperative().out('array')];
      },
    };
  },
  /** Sentiment, and parts of speech. */
  'wink-nlp': async () => {
    const [{ default: winkNLP }, { default: english }] = await Promise.all([
      import('wink-nlp'),
      import('wink-eng-lite-web-model'),
    ]);
    const nlp = winkNLP(english);
    return {
      read: (reply) => {
        const doc = nlp.readDoc(reply);
        return [doc.out(nlp.its.sentiment), doc.tokens().out(nlp.its.pos)];
      },
    };
  },
} satisfies Record<string, Open>;
export type Subject = keyof typeof subjects;
