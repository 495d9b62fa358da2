import { expect, test } from 'vitest';
import { z } from 'zod';
import { readImport } from '#settings/import';
import { section } from '#settings/section';
import { support } from '#settings/support';

const tea = section('tea', { milk: z.boolean(), leaves: z.array(z.string()).readonly() }, { milk: false, leaves: [] });
const channel = '500000000000000001';
const current = { support: { mode: 'observe', channels: [channel] }, tea: { milk: true, leaves: ['green'] } } as const;
const imported = (given: unknown) => readImport([support, tea], given, current);

test('what was exported is taken as it is', () => {
  expect(imported(JSON.parse(JSON.stringify(current)))).toEqual({ changes: current });
});

test.each([
  ['nothing', {}, {}],
  ['a section', { tea: { milk: false, leaves: [] } }, { tea: { milk: false, leaves: [] } }],
  ['a key of a section', { support: { mode: 'on' } }, { support: { mode: 'on', channels: [channel] } }],
])('%s changes no more than that: the rest keeps what is there', (_, given, changes) => {
  expect(imported(given)).toEqual({ changes });
});

test.each([
  ['an unknown section', { cake: {} }, ['cake: is not known here']],
  ['an unknown key', { tea: { milk: true, leaves: [], sugar: 1 } }, ['tea.sugar: is not known here']],
  ['a wrong id', { support: { channels: [channel, 'support'] } }, ['support.channels[1]: is not a Discord id']],
  ['a channel twice', { support: { channels: [channel, channel] } }, ['support.channels: names a channel twice']],
  ['a wrong type', { tea: { milk: 'yes' } }, [/^tea\.milk: .*boolean/]],
  ['a wrong mode', { support: { mode: 'loud' } }, [/^support\.mode: .*observe/]],
  ['a section that is null', { tea: null }, [/^tea: .*object/]],
  ['a section that is a list', { tea: [] }, [/^tea: .*object/]],
  ['a key that is null', { tea: { leaves: null } }, [/^tea\.leaves: .*array/]],
  ['a flat file', { mode: 'on', channels: [] }, ['mode: is not known here', 'channels: is not known here']],
  ['a list', [], [/object/]],
  ['nothing at all', undefined, [/object/]],
  ['a text', '{}', [/object/]],
])('%s is refused', (_, given, lines) => {
  expect(imported(given)).toEqual({
    refused: lines.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))),
  });
});

test('everything that is wrong is named at once, also beside what is right', () => {
  const given = {
    support: { mode: 'loud', channels: ['x'], 'quiet hours': 1 },
    tea: { milk: false, sugar: 1 },
    cake: 1,
  };
  const answer = imported(given);
  const refused = 'refused' in answer ? answer.refused : [];
  expect(refused.map((line) => line.slice(0, line.indexOf(': '))).sort()).toEqual([
    'cake',
    'support.channels[0]',
    'support.mode',
    'support["quiet hours"]',
    'tea.sugar',
  ]);
});

test('a key that objects have anyway is no way in', () => {
  for (const key of ['__proto__', 'constructor', 'toString']) {
    const answer = imported(JSON.parse(`{"tea":{"${key}":{"milk":false}},"${key}":{"support":{"mode":"on"}}}`));
    if ('changes' in answer) expect(answer.changes).toEqual({ tea: current.tea });
    else expect(answer.refused).toEqual([`tea.${key}: is not known here`, `${key}: is not known here`]);
  }
  expect(imported({})).toEqual({ changes: {} });
});
