import { attuned, kindMark, marks } from './judge.ts';
import { type Finding, kinds, type Reading } from './reading.ts';
import { plain, type Spelling } from './text/plain.ts';
import { quote } from './text/quote.ts';

/** Of so many sentences the one that counts is looked for; in a longer reply the first of them. */
const mostSentences = 12;

/**
 * The words that show the likeliest kind, where no sign gave any that will do: the sentence without which the reply is least of a fix.
 * @param judged the encoder's judgement of what is left of the reply, as log odds.
 */
export async function locate(
  reading: Reading,
  reply: string,
  spelling: Spelling,
  judged: (rest: string) => Promise<number>,
): Promise<Reading> {
  const [kind] = kinds.toSorted((a, b) => reading.kinds[b] - reading.kinds[a]);
  if (!kind || reading.fixit < marks.keen || reading.findings.some(({ p }) => p >= kindMark)) return reading;
  // Listening that is seen, and a fix that no sign knows: in doubt for the replier.
  if (Object.values(reading.attuned).some((p) => p >= attuned)) return reading;
  const sentences = plain(reply, spelling).sentences.slice(0, mostSentences);
  let least: { at: number; odds: number } | undefined;
  for (const [at, { start, end }] of sentences.entries()) {
    if (sentences.length === 1) least = { at, odds: 0 };
    else {
      const odds = await judged(`${reply.slice(0, start)} ${reply.slice(end)}`);
      if (!least || odds < least.odds) least = { at, odds };
    }
  }
  const tokens = least && sentences[least.at]?.tokens;
  const words = tokens && quote(reply, tokens, 0);
  if (!words) return reading;
  const found: Finding = { kind, p: reading.kinds[kind], ...words };
  return { ...reading, findings: [found, ...reading.findings] };
}
