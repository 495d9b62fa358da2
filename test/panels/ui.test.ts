import { ComponentType, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { button, choose, chooseChannels, colour, frame, gap, message, plainly, quote, row, whisper } from '#panels/ui';

describe('the shorthand for components', () => {
  it('makes text of strings and leaves out what is not there', () => {
    expect(frame(colour.note, 'a', undefined, false, '', gap(), row(false, button('x', 'X'), undefined))).toEqual([
      {
        type: ComponentType.Container,
        accent_color: colour.note,
        components: [
          { type: ComponentType.TextDisplay, content: 'a' },
          { type: ComponentType.Separator, divider: true, spacing: 1 },
          {
            type: ComponentType.ActionRow,
            components: [{ type: ComponentType.Button, custom_id: 'x', label: 'X', style: 2 }],
          },
        ],
      },
    ]);
  });

  it('leaves out a row in which nothing is left, which Discord would refuse', () => {
    expect(frame(colour.panel, 'a', row(false, undefined))).toEqual(frame(colour.panel, 'a'));
  });

  it('pings nobody, and whispers to one', () => {
    expect(message([])).toMatchObject({ allowedMentions: { parse: [] }, flags: MessageFlags.IsComponentsV2 });
    expect(whisper([])).toMatchObject({ allowedMentions: { parse: [] } });
    expect(whisper([]).flags).toContain(MessageFlags.Ephemeral);
  });

  it('makes selects that Discord takes', () => {
    expect(choose('c', 'Choose', [{ label: 'A', value: 'a' }])).toMatchObject({ min_values: 1, max_values: 1 });
    expect(chooseChannels('c', 'Choose', [], ['1'])).toMatchObject({
      min_values: 0,
      max_values: 25,
      default_values: [{ id: '1', type: 'channel' }],
    });
  });

  it.each([
    ['@everyone look', '@\u200beveryone look'],
    ['<@123> and <#4>', '<\u200b@\u200b123> and <\u200b#\u200b4>'],
    ['**loud** `code`', '\\*\\*loud\\*\\* \\`code\\`'],
    ['[free](https://here.example)', '\\[free](https:\u200b//here.example)'],
    ['https://here.example', 'https:\u200b//here.example'],
    ['discord.gg/harbour', 'discord.\u200bgg/harbour'],
    ['Ana\u202e gnp.exe', 'Ana gnp.exe'],
    ['Har\u0000bour\u0007\u001b[31m', 'Harbour[31m'],
    [`Zal${'\u0300'.repeat(60)}go`, `Zal${'\u0300'.repeat(4)}go`],
    ['half a \ud83d sign', 'half a \ufffd sign'],
    ['two\nlines\n> quoted', 'two lines > quoted'],
    ['- a', '\\- a'],
    ['1. a', '1\\. a'],
    ['[a] and [b](c)', '\\[a] and \\[b](c)'],
  ])('shows %j as it is', (words, shown) => expect(plainly(words)).toBe(shown));

  // For each of these brackets an end was looked for, and for each end another one: it took four seconds.
  it('is quick with links that are never closed', () => {
    expect(plainly('[a]('.repeat(1000))).toBe('\\[a]('.repeat(1000));
  });

  it.each([
    'plain words',
    "it's 3 a.m., and i can't sleep",
    'Zoë: 1/2',
    'מירי',
    '👩‍👧',
    'สนุก',
    'नमस्ते',
    'Việt',
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    'e.g. 1/2 and b/c',
  ])('leaves %j alone', (words) => {
    expect(plainly(words)).toBe(words);
    expect(quote(words)).toBe(`> ${words}`);
  });
});
