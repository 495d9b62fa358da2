import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exported, openExport } from '#settings/export';
import { changesOf, readImport } from '#settings/import';
import { section, snowflake } from '#settings/section';
import { defaultSettings, sections } from '#settings/settings';
import { support } from '#settings/support';

const tea = section('tea', { milk: z.boolean(), leaves: z.array(z.string()).readonly() }, { milk: false, leaves: [] });
const staff = section(
  'staff',
  { roles: z.array(snowflake).readonly(), room: snowflake.nullable() },
  { roles: [], room: null },
  { roles: 'role', room: 'channel' },
);
const [channel, other, gone] = ['500000000000000001', '500000000000000002', '500000000000000009'] as const;
const current = {
  support: { mode: 'observe', channels: [channel] },
  tea: { milk: true, leaves: ['green'] },
  staff: { roles: [channel], room: other },
} as const;
const read = (given: unknown) => readImport([support, tea, staff], given, current, (_, id) => id !== gone);
/** What would be saved. */
const imported = (given: unknown) => {
  const answer = read(given);
  return 'taken' in answer ? { changes: changesOf(answer.taken) } : answer;
};
const leftOut = (given: unknown) => {
  const answer = read(given);
  if (!('taken' in answer)) throw new Error('refused');
  return answer.taken
    .filter((one) => one.leftOut.length > 0)
    .map(({ section, key, leftOut }) => [section, key, ...leftOut]);
};

test('what was exported is taken as it is, and changes nothing', () => {
  const answer = read(JSON.parse(JSON.stringify(current)));
  expect(answer).toEqual({ taken: expect.arrayContaining([]) });
  expect('taken' in answer && answer.taken.map(({ section, key }) => `${section}.${key}`)).toEqual([
    ...['support.mode', 'support.channels', 'tea.milk', 'tea.leaves', 'staff.roles', 'staff.room'],
  ]);
  expect(imported(current)).toEqual({ changes: {} });
});

test.each([
  ['nothing', {}, {}],
  ['a section', { tea: { milk: false, leaves: [] } }, { tea: { milk: false, leaves: [] } }],
  ['a key of a section', { support: { mode: 'on' } }, { support: { mode: 'on' } }],
  ['a section that is as it was', { tea: { milk: true, leaves: ['green'] } }, {}],
  ['an empty section', { tea: {} }, {}],
  ['an empty list', { support: { channels: [] } }, { support: { channels: [] } }],
  ['an id that is taken away', { staff: { room: null } }, { staff: { room: null } }],
])('%s changes no more than that: the rest keeps what is there', (_, given, changes) => {
  expect(imported(given)).toEqual({ changes });
});

test('ids that are not known here are left out and named; the others are taken', () => {
  const given = { support: { channels: [gone, other] }, staff: { roles: [gone, other], room: channel } };
  expect(imported(given)).toEqual({
    changes: { support: { channels: [other] }, staff: { roles: [other], room: channel } },
  });
  expect(leftOut(given)).toEqual([
    ['support', 'channels', gone],
    ['staff', 'roles', gone],
  ]);
});

test('a setting of which nothing is known here keeps what is there', () => {
  const given = { support: { mode: 'on', channels: [gone] }, staff: { roles: [gone], room: gone } };
  expect(imported(given)).toEqual({ changes: { support: { mode: 'on' } } });
  expect(leftOut(given)).toHaveLength(3);
});

test('what an id is of is asked by section', () => {
  const asked: string[] = [];
  readImport(
    [support, tea, staff],
    { staff: { roles: [channel], room: other } },
    current,
    (of, id) => asked.push(`${of} ${id}`) > 0,
  );
  expect(new Set(asked)).toEqual(new Set([`role ${channel}`, `channel ${other}`]));
});

test.each([
  ['an unknown section', { cake: {} }, [{ at: 'cake', what: 'unknown' }]],
  ['an unknown key', { tea: { milk: true, leaves: [], sugar: 1 } }, [{ at: 'tea.sugar', what: 'unknown' }]],
  ['a wrong id', { support: { channels: [channel, 'support'] } }, [{ at: 'support.channels[1]', what: 'id' }]],
  ['a channel twice', { support: { channels: [channel, channel] } }, [{ at: 'support.channels', what: 'twice' }]],
  ['a wrong type', { tea: { milk: 'yes' } }, [{ at: 'tea.milk', what: 'other' }]],
  [
    'a wrong mode',
    { support: { mode: 'loud' } },
    [{ at: 'support.mode', what: 'choice', choices: ['off', 'observe', 'on'] }],
  ],
  ['a section that is null', { tea: null }, [{ at: 'tea', what: 'section' }]],
  ['a section that is a list', { tea: [] }, [{ at: 'tea', what: 'section' }]],
  ['a key that is null', { tea: { leaves: null } }, [{ at: 'tea.leaves', what: 'list' }]],
  [
    'a flat file',
    { mode: 'on', channels: [] },
    [
      { at: 'mode', what: 'unknown' },
      { at: 'channels', what: 'unknown' },
    ],
  ],
  ['a list', [], [{ at: '', what: 'section' }]],
  ['nothing at all', undefined, [{ at: '', what: 'section' }]],
  ['a text', '{}', [{ at: '', what: 'section' }]],
  ['an id that is a number', { support: { channels: [1] } }, [{ at: 'support.channels[0]', what: 'text' }]],
])('%s is refused', (_, given, lines) => {
  expect(imported(given)).toEqual({ refused: lines });
});

test('everything that is wrong is named at once, also beside what is right', () => {
  const given = {
    support: { mode: 'loud', channels: ['x'], 'quiet hours': 1 },
    tea: { milk: false, sugar: 1 },
    cake: 1,
  };
  const answer = imported(given);
  const refused = 'refused' in answer ? answer.refused : [];
  expect(refused.map(({ at }) => at).sort()).toEqual([
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
    if ('changes' in answer) expect(answer.changes).toEqual({});
    else expect(answer.refused).toMatchObject([{ at: `tea.${key}` }, { at: key }]);
  }
  expect(imported({})).toEqual({ changes: {} });
});

describe('all sections', () => {
  const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;
  const id = '500000000000000001';
  const holdsIds = (schema: z.ZodType) =>
    (accepts(schema, id) && !accepts(schema, 'x')) || (accepts(schema, [id]) && !accepts(schema, ['x']));

  const holdsLanguage = (schema: z.ZodType) => accepts(schema, 'de') && !accepts(schema, 'x');

  test('name every key that holds ids or a language, and no other, so that an import can check them', () => {
    for (const { name, schema, ids } of sections)
      for (const [key, one] of Object.entries(schema.shape)) {
        const of = holdsLanguage(one as z.ZodType) ? 'language' : holdsIds(one as z.ZodType);
        expect([name, key, of]).toEqual([name, key, ids[key] === 'language' ? 'language' : Object.hasOwn(ids, key)]);
      }
  });

  test('travel: what a server exports changes nothing there, and is taken whole where all is at its default', () => {
    const bytes = new TextEncoder().encode(exported(defaultSettings));
    const opened = openExport(bytes);
    const given = 'settings' in opened ? opened.settings : undefined;
    const answer = readImport(sections, given, defaultSettings, () => true);
    const keys = sections.reduce((sum, { schema }) => sum + Object.keys(schema.shape).length, 0);
    expect('taken' in answer && answer.taken).toHaveLength(keys);
    expect('taken' in answer && changesOf(answer.taken)).toEqual({});
  });
});
