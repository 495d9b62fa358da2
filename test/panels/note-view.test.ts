import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { kinds } from '#detector/reading';
import { noteView } from '#panels/note';
import { loadNote } from '#panels/note-buttons';
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
    const { openers, turns } = wordsOf(content.kinds(), kind);
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
      expect(partsOf(drawn).find(({ id }) => id === 62)?.content).toBe(`${say('offer')}\n> ${one}`);
      const { from = '', to = '' } = turns[at % turns.length] ?? {};
      expect(partsOf(drawn).find(({ id }) => id === 61)?.content).toBe(`${say('turn', { from })}\n> ${to}`);
      expect(JSON.stringify(drawn)).not.toMatch(/@everyone|<@1>/);
      for (const { custom_id = '' } of partsOf(drawn)) expect(custom_id.length).toBeLessThanOrEqual(100);
    }
  });
});

describe('which turn comes first', () => {
  const words = loadNote(shippedData).words();
  const { openers, turns } = wordsOf(content.kinds(), 'silver-lining');
  const first = (theirs: string, at: number) => {
    const reply = { words: theirs, channel: '2', message: '3', to: 'Ana' };
    const drawn = noteView({ guild: '1', guildName: 'Harbour', kind: 'silver-lining', reply, at }, words, content);
    const shown = partsOf(drawn).find(({ id }) => id === 61)?.content ?? '';
    return turns.findIndex(({ to }) => shown.endsWith(`> ${to}`));
  };

  it.each([0, 1, 2, 3, 50])('the one that is nearest to their words, wherever one begins: %i', (at) => {
    expect(first('at least she had 14 good years', at)).toBe(0);
    expect(first('Everything happens for a REASON!!', at)).toBe(1);
  });

  it.each(['look on the bright side', 'you’ll be fine, a good thing', '', '***'])(
    'one after the other where none is near: %j',
    (theirs) => {
      expect([0, 1, 2, 3, 4].map((at) => first(theirs, at))).toEqual([0, 1, 2, 3, 0]);
    },
  );

  it('"Another way" goes on from there', () => {
    const reply = { words: 'everything happens for a reason', channel: '2', message: '3', to: 'Ana' };
    const drawn = noteView({ guild: '1', guildName: 'Harbour', kind: 'silver-lining', reply, at: 0 }, words, content);
    const parts = partsOf(drawn);
    expect(parts.find(({ id }) => id === 62)?.content).toBe(`${say('offer')}\n> ${openers[1]}`);
    expect(parts.map(({ custom_id }) => custom_id)).toContain('note:another:1:silver-lining:2');
  });
});
