import { describe, expect, test } from 'vitest';
import { ask } from './client.ts';
import { town, useTown } from './each-town.ts';

useTown();

const messages = () => `/channels/${town.channel('#support').id}/messages`;
const row = (...components: object[]) => ({ type: 1, components });
const button = (more: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...more });
const many = (count: number, make: (at: number) => object) => Array.from({ length: count }, (_, at) => make(at));

describe('forms that break a limit', () => {
  const v2 = 1 << 15;
  test.each<[string, object, string[] | number]>([
    ['nothing at all', {}, 50006],
    ['only spaces', { content: '  ' }, 50006],
    ['a long text', { content: 'x'.repeat(2001) }, ['content']],
    [
      'a long label',
      { components: [row(button({ label: 'x'.repeat(81) }))] },
      ['components', '0', 'components', '0', 'label'],
    ],
    [
      'a long custom id',
      { components: [row(button({ custom_id: 'x'.repeat(101) }))] },
      ['components', '0', 'components', '0', 'custom_id'],
    ],
    [
      'a custom id used twice',
      { components: [row(button()), row(button())] },
      ['components', '1', 'components', '0', 'custom_id'],
    ],
    [
      'six buttons in a row',
      { components: [row(...many(6, (at) => button({ custom_id: `${at}` })))] },
      ['components', '0', 'components'],
    ],
    ['six rows', { components: many(6, (at) => row(button({ custom_id: `${at}` }))) }, ['components']],
    [
      'a button without a word',
      { components: [row(button({ label: undefined }))] },
      ['components', '0', 'components', '0'],
    ],
    [
      'a link with a custom id',
      { components: [row(button({ style: 5, url: 'https://example.org' }))] },
      ['components', '0', 'components', '0'],
    ],
    [
      '26 options',
      { components: [row({ type: 3, custom_id: 's', options: many(26, (at) => ({ label: 'x', value: `${at}` })) })] },
      ['components', '0', 'components', '0', 'options'],
    ],
    [
      'an option used twice',
      { components: [row({ type: 3, custom_id: 's', options: many(2, () => ({ label: 'x', value: 'x' })) })] },
      ['components', '0', 'components', '0', 'options', '1', 'value'],
    ],
    ['a text display without the flag', { components: [{ type: 10, content: 'x' }] }, ['components', '0', 'type']],
    ['content with Components V2', { flags: v2, content: 'x', components: [{ type: 10, content: 'x' }] }, ['content']],
    [
      'embeds with Components V2',
      { flags: v2, embeds: [{ title: 'x' }], components: [{ type: 10, content: 'x' }] },
      ['embeds'],
    ],
    [
      '41 nested components',
      {
        flags: v2,
        components: [
          { type: 17, components: many(20, () => ({ type: 10, content: 'x' })) },
          { type: 17, components: many(19, () => ({ type: 14 })) },
        ],
      },
      ['components'],
    ],
    [
      '4,001 characters of text',
      {
        flags: v2,
        components: [
          { type: 10, content: 'x'.repeat(4000) },
          { type: 10, content: 'x' },
        ],
      },
      ['components'],
    ],
    [
      "a modal's label in a message",
      { flags: v2, components: [{ type: 18, label: 'x', component: { type: 4, custom_id: 'x' } }] },
      ['components', '0', 'type'],
    ],
    [
      'a file that did not come along',
      { flags: v2, components: [{ type: 13, file: { url: 'attachment://a.txt' } }] },
      ['components', '0', 'file', 'url'],
    ],
    ['a long nonce', { content: 'x', nonce: 'x'.repeat(26) }, ['nonce']],
    ['an answer to nothing', { content: 'x', message_reference: { message_id: '1' } }, ['message_reference']],
    ['a long title', { embeds: [{ title: 'x'.repeat(257) }] }, ['embeds', '0', 'title']],
  ])('%s', async (_, body, expected) => {
    const answer = await ask(town, 'POST', messages(), body);
    expect(answer.status).toBe(400);
    if (typeof expected === 'number') return expect(answer.body.code).toBe(expected);
    expect(answer.body).toMatchObject({ code: 50035, message: 'Invalid Form Body' });
    const at = expected.reduce((tree, key) => tree?.[key], answer.body.errors);
    expect(at?._errors?.[0]).toEqual({ code: expect.any(String), message: expect.any(String) });
    expect(town.world.messages.size).toBe(0);
  });

  test.each<[string, object]>([
    ['a text of 2,000', { content: 'x'.repeat(2000) }],
    [
      'five rows of five buttons',
      { components: many(5, (a) => row(...many(5, (b) => button({ custom_id: `${a}${b}`, label: 'x'.repeat(80) })))) },
    ],
    [
      '25 options',
      { components: [row({ type: 3, custom_id: 's', options: many(25, (at) => ({ label: 'x', value: `${at}` })) })] },
    ],
    [
      '40 nested components',
      {
        flags: v2,
        components: [
          { type: 17, components: many(19, () => ({ type: 14 })) },
          { type: 17, components: many(19, () => ({ type: 10, content: 'x' })) },
        ],
      },
    ],
    ['4,000 characters', { flags: v2, components: [{ type: 10, content: 'x'.repeat(4000) }] }],
    [
      'a section with a button',
      { flags: v2, components: [{ type: 9, components: [{ type: 10, content: 'x' }], accessory: button() }] },
    ],
    ['a link', { components: [row({ type: 2, style: 5, label: 'x', url: 'https://example.org' })] }],
    [
      'an answer to nothing that need not be there',
      { content: 'x', message_reference: { message_id: '1', fail_if_not_exists: false } },
    ],
  ])('%s passes', async (_, body) => {
    expect(await ask(town, 'POST', messages(), body)).toMatchObject({ status: 200 });
  });

  test('components come back with ids and defaults', async () => {
    const { body } = await ask(town, 'POST', messages(), {
      flags: v2,
      components: [
        {
          type: 17,
          components: [{ type: 14 }, row({ type: 3, custom_id: 's', options: [{ label: 'x', value: 'x' }] })],
        },
      ],
    });
    expect(body.flags).toBe(v2);
    expect(body.components).toEqual([
      {
        type: 17,
        id: 1,
        accent_color: null,
        spoiler: false,
        components: [
          { type: 14, id: 2, spacing: 1, divider: true },
          {
            type: 1,
            id: 3,
            components: [
              { type: 3, id: 4, custom_id: 's', min_values: 1, max_values: 1, options: [{ label: 'x', value: 'x' }] },
            ],
          },
        ],
      },
    ]);
  });
});

describe('command limits', () => {
  const path = (more = '') => `/applications/${town.bot.id}/commands${more}`;
  const hi = { name: 'hi', description: 'Says hi' };

  const option = (more: object = {}) => ({ type: 3, name: 'what', description: 'What', ...more });
  test.each<[string, object[]]>([
    ['capitals in a name', [{ ...hi, name: 'Hi' }]],
    ['a space in a name', [{ ...hi, name: 'h i' }]],
    ['a long name', [{ ...hi, name: 'x'.repeat(33) }]],
    ['no description', [{ name: 'hi' }]],
    ['a long description', [{ ...hi, description: 'x'.repeat(101) }]],
    ['a long translation', [{ ...hi, description_localizations: { de: 'x'.repeat(101) } }]],
    ['a menu with a description', [{ name: 'Look', type: 3, description: 'x' }]],
    ['the same name twice', [hi, hi]],
    ['26 options', [{ ...hi, options: many(26, (at) => option({ name: `o${at}` })) }]],
    ['26 choices', [{ ...hi, options: [option({ choices: many(26, (at) => ({ name: 'x', value: `${at}` })) })] }]],
    ['an option twice', [{ ...hi, options: [option(), option()] }]],
    ['what is required after what is not', [{ ...hi, options: [option(), option({ name: 'b', required: true })] }]],
    [
      'choices with autocomplete',
      [{ ...hi, options: [option({ autocomplete: true, choices: [{ name: 'x', value: 'x' }] })] }],
    ],
    ['two Entry Point commands', many(2, (at) => ({ name: `Launch ${at}`, type: 4 }))],
    ['an Entry Point command that nobody answers', [{ name: 'Launch', type: 4, handler: 3 }]],
    ['16 menus', many(16, (at) => ({ name: `Look ${at}`, type: 3 }))],
    [
      'more than 8,000 characters',
      [
        {
          ...hi,
          options: many(25, (at) =>
            option({ name: `o${at}`, choices: many(4, (n) => ({ name: 'x'.repeat(99), value: `${n}` })) }),
          ),
        },
      ],
    ],
  ])('%s is refused, and nothing changes', async (_, body) => {
    expect(await ask(town, 'PUT', path(), body)).toMatchObject({ status: 400, body: { code: 50035 } });
    expect((await ask(town, 'GET', path())).body).toEqual([]);
  });
});
