import { describe, expect, it } from 'vitest';
import { openDetector } from '#detector/open';
import { replyReader } from '#feedback/read';

const read = replyReader(await openDetector());
const post = 'my dog died this morning and the house is so quiet';
const stays = async (reply: string) => (await read(reply, post)).stays.map(({ move, words }) => [move, words]);

describe('a reply, read for its writer', () => {
  it('finds the sentences that stay, as they were written and where they stand', async () => {
    const reply = 'oh no.. I am so sorry!  How is the house tonight?';
    const found = await read(reply, post);
    expect(found.stays.map(({ move }) => move)).toEqual(['with-you', 'asks-openly']);
    for (const { start, end, words } of found.stays) expect(reply.slice(start, end)).toBe(words);
    expect(found.judgement).toEqual({ flag: false, reason: 'no fix' });
  });

  it.each([
    ['in a sentence that moves away', 'Sounds like PPD to me, you should get tested.'],
    ['in a question that leaves', 'By the way, did anyone watch the game last night?'],
    ['in somebody else’s words', '> I am so sorry.\nok'],
    ['in a sentence between quotation marks', 'she said "I am so sorry. How are you?"'],
    ['in one word', 'ok'],
    ['in nothing', ''],
  ])('finds nothing that stays %s', async (_, reply) => {
    expect(await stays(reply)).toEqual([]);
  });

  it('reads the beginning of a long one, and all of it for the judgement', async () => {
    const long = `${'The sea is grey. '.repeat(30)}I am so sorry. At least she had a long life.`;
    const found = await read(long, post);
    expect(found.stays).toEqual([]);
    expect(found.reading.findings.map(({ kind }) => kind)).toContain('silver-lining');
  });

  it('goes by what is known of the post', async () => {
    const idea = 'You should call the council.';
    expect((await read(idea, 'the heating is out', { 'asks-advice': 1 })).judgement).toMatchObject({
      reason: 'asked for',
    });
    const small = 'look at this cake';
    expect((await read(idea, small)).judgement.flag).toBe(false);
    expect((await read(idea, small, { 'not-distress': 0 })).judgement.flag).toBe(true);
  });
});
