import { describe, expect, it } from 'vitest';
import { isOnlyEmoji, parseMarkdown, safeTarget } from '#client/message/markdown-rules';

const id = '1234567890123456789';
const text = (content: string) => ({ type: 'text', content });

describe('markdown', () => {
  it.each([
    ['**a**', [{ type: 'strong', content: [text('a')] }]],
    ['*a* _b_', [{ type: 'em', content: [text('a')] }, text(' '), { type: 'em', content: [text('b')] }]],
    ['__a__ ~~b~~', [{ type: 'underline' }, text(' '), { type: 'strikethrough' }]],
    ['`*a*`', [{ type: 'inlineCode', content: '*a*' }]],
    ['||a||', [{ type: 'spoiler', content: [text('a')] }]],
    ['# a\nb', [{ type: 'heading', level: 1, content: [text('a')] }, text('b')]],
    ['### a', [{ type: 'heading', level: 3 }]],
    ['-# a', [{ type: 'subtext', content: [text('a')] }]],
    ['> a\n> b\nc', [{ type: 'blockQuote', content: [text('a\nb')] }, text('c')]],
    ['>>> a\nb', [{ type: 'blockQuote', content: [text('a\nb')] }]],
    ['a\n```ts\nb\n```\nc', [text('a'), { type: 'codeBlock', lang: 'ts', content: 'b' }, text('c')]],
    ['[a](https://a.example)', [{ type: 'link', target: 'https://a.example', masked: true, content: [text('a')] }]],
    ['https://a.example/b.', [{ type: 'link', target: 'https://a.example/b', masked: false }, text('.')]],
    ['<https://a.example>', [{ type: 'link', target: 'https://a.example' }]],
    [`<@${id}> <@!${id}>`, [{ type: 'user', id }, text(' '), { type: 'user', id }]],
    [
      `<#${id}><@&${id}>`,
      [
        { type: 'channel', id },
        { type: 'role', id },
      ],
    ],
    [`</a b:${id}>`, [{ type: 'slashCommand', id, fullName: 'a b' }]],
    [
      '<t:1:R><t:2>',
      [
        { type: 'timestamp', timestamp: '1', format: 'R' },
        { type: 'timestamp', timestamp: '2' },
      ],
    ],
    [`<a:b_c:${id}>`, [{ type: 'emoji', name: 'b_c', animated: true }]],
    ['@everyone @here', [{ type: 'everyone' }, text(' '), { type: 'here' }]],
    ['¯\\_(ツ)_/¯', [text('¯\\_(ツ)_/¯')]],
  ])('%j', (source, wanted) => {
    expect(parseMarkdown(source)).toMatchObject(wanted);
  });

  it.each([
    ['snake_case_here'],
    ['a - b'],
    ['-a'],
    ['#a'],
    ['[a](javascript:alert(1))'],
    ['[a](data:text/html,b)'],
    [`</:${id}>`],
    ['2 * 3 * 4'],
    ['<script>alert(1)</script>'],
  ])('%j stays as it is', (source) => {
    expect(parseMarkdown(source)).toEqual([text(source)]);
  });

  it('an escaped sign is only itself', () => {
    expect(parseMarkdown('\\*a\\*')).toEqual([text('*a*')]);
  });

  it('a heading begins a line', () => {
    expect(parseMarkdown('**# a**')).toMatchObject([{ type: 'strong', content: [text('# a')] }]);
    expect(parseMarkdown('> # a')).toMatchObject([{ type: 'blockQuote', content: [{ type: 'heading' }] }]);
  });

  it('lists are nested by their indentation, and numbers after dashes are a list of their own', () => {
    const inner = { type: 'list', ordered: false, items: [[text('b')], [text('c')]] };
    expect(parseMarkdown('- a\n  - b\n  - c\n- d\n3. e\nf')).toMatchObject([
      { type: 'list', ordered: false, items: [[text('a'), inner], [text('d')]] },
      { type: 'list', ordered: true, start: 3, items: [[text('e')]] },
      text('f'),
    ]);
  });

  it('only emoji', () => {
    expect(isOnlyEmoji(parseMarkdown('😀 ❤️'))).toBe(true);
    expect(isOnlyEmoji(parseMarkdown('😀 a'))).toBe(false);
    expect(isOnlyEmoji(parseMarkdown('😀'.repeat(31)))).toBe(false);
  });

  it('addresses that are no addresses are no links', () => {
    expect(safeTarget('https://')).toBeUndefined();
    expect(safeTarget('ftp://a.example')).toBeUndefined();
  });
});
