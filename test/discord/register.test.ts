import { describe, expect, it } from 'vitest';
import { sameCommands } from '#discord/register';

const ours = {
  type: 1,
  name: 'reflect',
  description: 'Words',
  options: [{ type: 3, name: 'feeling', description: 'What', autocomplete: true, max_length: 100 }],
  default_member_permissions: null,
  integration_types: [0],
  contexts: [0, 1],
};

/** As Discord gives it back: with everything it adds. */
const there = {
  ...ours,
  id: '1',
  application_id: '2',
  version: '3',
  nsfw: false,
  dm_permission: true,
  name_localizations: null,
  description_localizations: null,
  contexts: [1, 0],
  options: [{ ...ours.options[0], required: false, name_localizations: null, description_localizations: null }],
};

describe('comparing commands with what Discord has', () => {
  it('sees through what Discord adds', () => {
    expect(sameCommands([there], [ours])).toBe(true);
    expect(sameCommands([{ ...there, default_permission: true, something_new: [1] }], [ours])).toBe(true);
    const other = { ...ours, name: 'explain' };
    expect(sameCommands([{ ...other, id: '9' }, there], [ours, other])).toBe(true);
  });

  it('knows a menu again, to which Discord gives an empty description', () => {
    const menu = { type: 3, name: 'Try my words', default_member_permissions: null, integration_types: [1, 0] };
    expect(sameCommands([{ ...menu, id: '1', description: '', contexts: null }], [menu])).toBe(true);
    expect(sameCommands([{ ...menu, type: 2, description: '' }], [menu])).toBe(false);
  });

  it.each([
    ['description', { ...there, description: 'Other' }],
    ['an option', { ...there, options: [] }],
    ['an option that is required', { ...there, options: [{ ...there.options[0], required: true }] }],
    ['autocomplete', { ...there, options: [{ ...there.options[0], autocomplete: false }] }],
    ['the type of an option', { ...there, options: [{ ...there.options[0], type: 4 }] }],
    ['permissions', { ...there, default_member_permissions: '32' }],
    ['contexts', { ...there, contexts: [0] }],
    ['a language', { ...there, description_localizations: { de: 'Worte' } }],
  ])('sees another %s', (_, changed) => expect(sameCommands([changed], [ours])).toBe(false));

  it('knows permissions as a number and as text', () => {
    const guarded = { ...ours, default_member_permissions: 32 };
    expect(sameCommands([{ ...there, default_member_permissions: '32' }], [guarded])).toBe(true);
    expect(sameCommands([{ ...there, default_member_permissions: '8' }], [guarded])).toBe(false);
    expect(sameCommands([there], [guarded])).toBe(false);
  });

  it('sees one that is missing or left over', () => {
    expect(sameCommands([], [ours])).toBe(false);
    expect(sameCommands([there, { ...there, name: 'old' }], [ours])).toBe(false);
    expect(sameCommands([], [])).toBe(true);
  });
});
