/** What of a message is its writer's own, as the encoder reads it; and whether it is English at all. Pure. */
import { asItLooks } from './looks.ts';
import { notOwnWords } from './plain.ts';

/** The text without quotes, code, links, mentions, custom emoji and the marks of markdown. */
export function ownText(text: string): string {
  return notOwnWords
    .reduce((rest, part) => rest.replace(part, ' '), text)
    .replace(/\*\*|__|~~|\|\||^#{1,3} |^-# /gm, '')
    .replace(/\S+/g, asItLooks)
    .replace(/\s+/g, ' ')
    .trim();
}

/** The same, or nothing when there is no word in it. */
export const ownWords = (text: string): string => {
  const own = ownText(text);
  return /\p{L}/u.test(own) ? own : '';
};

/** Words that stand in nearly every English sentence, and hardly in one of another language. */
const english = new Set(
  `the and you your youre you're it it's its this that thats that's these those of to for with have haven't had not but are was
  were been my i'm im ive i've i'd i'll we he she they them his her their what whats what's when how why who there there's here
  just like if or by from about can cant can't could should would will dont don't didnt didn't doesnt doesn't isnt isn't know
  feel feeling feels think get got going gone out up some any one more very really too then than because even still never
  always again back day days life time year years people someone somebody friend friends happened happy tell listen maybe mostly
  most self any anyone nobody everyone everything something nothing sorry thanks thank hope hug hugs hey yeah yes okay good bad
  lol u ur idk tbh wow please try need want say said sounds sucks ugh damn fuck shit right much did does done being exactly
  congratulations happening games today tonight tomorrow yesterday week weeks month months morning night cried cry crying sad
  angry tired alone told tell asked work job home house mom mum dad mother father wont won't wasnt wasn't werent weren't didnt
  because into over only also off away anyway keep make made help needed bro dude guys man girl boy`.split(/\s+/),
);
/** Words of English that other languages have, too: two of them, and many of them, will do. */
const shared = new Set('i a am me so in on no at is was do as an us be or all one we he may go day'.split(' '));
/** The name of a site, or whom one writes to there: it is of no language. */
const address =
  /(?<!\S)[^\s@]+@\S+|(?<![a-z\d.-])[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|info|edu|gov|app|io|co|gg|tv|me|uk|de|us|eu)(?![a-z\d])(?:\/\S*)?/g;
const wordOf = /[\p{L}\p{M}]+(?:['’][\p{L}]+)*/gu;
/** From so many words on a text must show that it is English; of fewer nothing can be told. */
const told = 4;

/** False where a text is surely of another language: of another script, or of four words and more with hardly an English one. */
export function isEnglish(text: string): boolean {
  const words = text.toLowerCase().replaceAll('’', "'").replace(address, ' ').match(wordOf) ?? [];
  const foreign = words.filter((word) => !/^[\p{Script=Latin}\p{M}']+$/u.test(word)).length;
  if (foreign > words.length / 2) return false;
  if (words.length < told) return true;
  if (words.filter((word) => english.has(word)).length >= Math.max(1, words.length / 12)) return true;
  const found = words.filter((word) => shared.has(word));
  return new Set(found).size >= 2 && found.length > words.length / 3;
}
