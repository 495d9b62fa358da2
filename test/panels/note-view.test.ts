import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { kinds } from '#detector/reading';
import { loadNote, noteView } from '#panels/note';
import { partsOf, sizeOf } from '../components.ts';
import { sentences, shippedData } from '../sentences.ts';

const fix = 'you should see a therapist';
const content = loadContent(shippedData);
const say = sentences('note.yaml');

describe('whose post it answers', () => {
  const words = loadNote(shippedData).words();
  const about = (to: string) => {
    const reply = { words: fix, channel: '2', message: '3', to };
    const drawn = noteView({ guild: '1', guildName: 'Harbour', kind: 'advice', reply, at: 0 }, words, content);
    return (partsOf(drawn)[2]?.content ?? '').split('\n')[0];
  };
  const where = { guild: 'Harbour', link: 'https://discord.com/channels/1/2/3' };

  it.each([
    ['Ana', 'Ana'],
    ['Zoë 🌊', 'Zoë 🌊'],
    ['  two\nlines ', 'two lines'],
    ['**A** <@5> @everyone', '\\*\\*A\\*\\* <\u200b@\u200b5> @\u200beveryone'],
    ['[a](https://here.example)', '\\[a](https:\u200b//here.example)'],
    ['A'.repeat(41), `${'A'.repeat(39)}…`],
    ['A'.repeat(40), 'A'.repeat(40)],
  ])('%j is said as %j', (to, who) => expect(about(to)).toBe(say('about', { who, ...where })));

  it.each(['', ' ', '\u3164', '\u200b\u2060', '\u202e'])('a name that nobody sees is left out: %j', (to) =>
    expect(about(to)).toBe(say('aboutUnnamed', where)),
  );
});

describe('every note that can be sent', () => {
  const words = loadNote(shippedData).words();
  const guildName = '*_~<@&>#'.repeat(12);

  it.each(kinds)('%s fits, with every opener and the longest names, and pings nobody', (kind) => {
    const { openers } = wordsOf(content.kinds(), kind);
    for (const [at, one] of openers.entries()) {
      const reply = {
        words: `@everyone <@1> ${'*'.repeat(140)}`,
        channel: '9'.repeat(19),
        message: '9'.repeat(19),
        to: guildName,
      };
      const drawn = noteView({ guild: '9'.repeat(19), guildName, kind, reply, at }, words, content);
      expect(sizeOf(drawn).text).toBeLessThan(4000);
      expect(sizeOf(drawn).parts).toBeLessThanOrEqual(40);
      expect(partsOf(drawn).find(({ id }) => id === 7)?.content).toBe(`> ${one}`);
      expect(JSON.stringify(drawn)).not.toMatch(/@everyone|<@1>/);
      for (const { custom_id = '' } of partsOf(drawn)) expect(custom_id.length).toBeLessThanOrEqual(100);
    }
  });
});
