/** What is read: replies of 40 words to posts of 40 from the corpus, and texts that are hard on whoever reads them. */
import { corpusLines } from '#detector/corpus';

export type Pair = { reply: string; post: string };

const words = (text: string) => text.split(/\s+/).length;
const isForty = (text: string) => Math.abs(words(text) - 40) <= 4;

/** @param most so many, from all over the corpus. */
export function pairs(most: number): Pair[] {
  const all = [...corpusLines()].filter(({ reply, post }) => isForty(reply) && isForty(post));
  const step = Math.max(1, Math.floor(all.length / most));
  return all
    .filter((_, at) => at % step === 0)
    .slice(0, most)
    .map(({ reply, post }) => ({ reply, post }));
}

export const lengths = [10, 40, 160, 640, 2_000, 4_000] as const;

/** What each is made of, again and again. */
const shapes = {
  'plain sentences': 'you should really talk to your sister about it, it may help you to feel less alone. ',
  'one endless word': 'unbelievablyhardtoreadbecauseitneverends',
  emoji: '😀😭💙🫂',
  'only punctuation': '?!..., -',
  'mixed scripts': 'you деjaв 心 you한국 feel שלום ok ',
};
export type Shape = keyof typeof shapes;

/** Each shape at each length, in characters as people count them. */
export const worst = Object.entries(shapes).map(([shape, part]) => {
  const characters = Array.from(part.repeat(Math.ceil(4_000 / Array.from(part).length)));
  return { shape: shape as Shape, texts: lengths.map((length) => characters.slice(0, length).join('')) };
});
