import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { changeRow, emptyRow, readRow } from '#settings/row';
import { section } from '#settings/section';
import { support } from '#settings/support';

/** Sections of a later Attune, made up, beside the one that there always is. */
const tea = section('tea', { milk: z.boolean(), leaves: z.array(z.string()).readonly() }, { milk: false, leaves: [] });
const sections = [support, tea] as const;
const read = (row: unknown) => readRow(sections, typeof row === 'string' ? row : JSON.stringify(row));

const on = { mode: 'on', channels: ['500000000000000001'] };
const green = { milk: true, leaves: ['green'] };

describe('reading a row', () => {
  test('what was saved comes back', () => {
    expect(read({ support: on, tea: green })).toEqual({ settings: { support: on, tea: green }, unreadable: [] });
  });

  test.each([
    ['no section', emptyRow, { support: support.default, tea: tea.default }],
    ['a section less', { support: on }, { support: on, tea: tea.default }],
    [
      'a key less',
      { support: { mode: 'observe' }, tea: { milk: true } },
      { support: { mode: 'observe', channels: [] }, tea: { milk: true, leaves: [] } },
    ],
    ['an empty section', { support: {}, tea: {} }, { support: support.default, tea: tea.default }],
  ])('an older one with %s takes defaults', (_, row, settings) => {
    expect(read(row)).toEqual({ settings, unreadable: [] });
  });

  test.each([
    ['a section', { support: on, tea: green, cake: { slices: 2 } }],
    ['a section that is no object', { support: on, tea: green, cake: 'all of it' }],
    ['a key', { support: { ...on, hours: [22, 7] }, tea: { ...green, sugar: 1 } }],
    [
      'a key that objects have anyway',
      '{"support":{"mode":"on","channels":["500000000000000001"],"constructor":1,"__proto__":{"mode":"off"}},"tea":{"milk":true,"leaves":["green"],"toString":2}}',
    ],
  ])('a newer one with %s more reads as if that were not there', (_, row) => {
    expect(read(row)).toEqual({ settings: { support: on, tea: green }, unreadable: [] });
  });

  test.each(['', 'not json', '{"support":', 'null', '[]', '"on"', '1'])(
    'of %j nothing can be read: all is at its default',
    (row) => {
      expect(read(row)).toEqual({
        settings: { support: support.default, tea: tea.default },
        unreadable: ['support', 'tea'],
      });
    },
  );

  test.each([
    ['a value that is not known', { mode: 'loud', channels: [] }],
    ['one wrong among right ones', { mode: 'on', channels: ['500000000000000001', 'support'] }],
    ['nothing', null],
    ['a list', []],
    ['a word', 'on'],
  ])('a section that is %s is at its default, the others are as they were', (_, given) => {
    expect(read({ support: given, tea: green })).toEqual({
      settings: { support: support.default, tea: green },
      unreadable: ['support'],
    });
  });

  test('while any other section cannot be read, the mode is off and the channels stay', () => {
    expect(read({ support: on, tea: { milk: 'a little' } })).toEqual({
      settings: { support: { ...on, mode: 'off' }, tea: tea.default },
      unreadable: ['tea'],
    });
    expect(support.default.mode).toBe('off');
  });
});

describe('changing a row', () => {
  const changed = (row: unknown, changes: object) =>
    JSON.parse(changeRow(typeof row === 'string' ? row : JSON.stringify(row), { ...changes }));

  test('writes the sections that are named, and keeps the others', () => {
    expect(changed({ support: on, tea: green }, { tea: tea.default })).toEqual({ support: on, tea: tea.default });
    expect(changed({ support: on }, { tea: green })).toEqual({ support: on, tea: green });
    expect(changed(emptyRow, { support: on })).toEqual({ support: on });
    expect(changed({ support: on }, { support: undefined })).toEqual({ support: on });
  });

  test('keeps unknown sections, and unknown keys of a section, as they are', () => {
    const row = { cake: [{ slices: 2 }], support: { ...on, hours: { from: 22 } }, tea: { ...green, sugar: 1 } };
    expect(changed(row, { support: support.default })).toEqual({
      ...row,
      support: { ...row.support, ...support.default },
    });
    expect(changed(row, {})).toEqual(row);
    const odd = '{"__proto__":{"milk":1},"tea":{"__proto__":{"milk":2},"milk":true}}';
    expect(changeRow(odd, { support: on })).toBe(`${odd.slice(0, -1)},"support":${JSON.stringify(on)}}`);
    expect(changeRow(odd, { tea: green })).toBe(
      '{"__proto__":{"milk":1},"tea":{"__proto__":{"milk":2},"milk":true,"leaves":["green"]}}',
    );
  });

  test('keeps a section that cannot be read until it is changed itself', () => {
    const row = { support: on, tea: { milk: 'a little', sugar: 1 } };
    const first = changed(row, { support: { ...on, channels: [] } });
    expect(first).toEqual({ support: { ...on, channels: [] }, tea: row.tea });
    const second = changed(first, { tea: green });
    expect(second.tea).toEqual({ ...green, sugar: 1 });
    expect(read(second)).toMatchObject({ settings: { support: { mode: 'on' } }, unreadable: [] });
    expect(changed({ tea: 'green' }, { tea: green })).toEqual({ tea: green });
  });

  test.each(['not json', '[]', 'null'])('replaces %s', (row) => {
    expect(changed(row, { support: on })).toEqual({ support: on });
  });
});
