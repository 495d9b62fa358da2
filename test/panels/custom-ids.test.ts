import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { by, customIds, snowflake } from '#panels/custom-ids';

const ids = customIds('note', {
  off: by('button', { guild: snowflake }),
  page: by('choice', { feeling: z.string(), at: z.coerce.number().int() }),
  plain: by('modal'),
});

describe('custom ids', () => {
  it.each([
    [ids.to.off({ guild: '123456789012345678' }), 'off', { guild: '123456789012345678' }],
    [ids.to.page({ feeling: 'a:b c%é', at: 3 }), 'page', { feeling: 'a:b c%é', at: 3 }],
    [ids.to.plain({}), 'plain', {}],
  ])('%s comes back as it went', (id, action, state) => {
    expect(ids.parse(id)).toEqual({ action, state });
    expect(id.length).toBeLessThanOrEqual(100);
  });

  it.each([
    'note',
    'note:',
    'note:gone',
    'note:off',
    'note:off:x12',
    'note:off:123456789012345678:more',
    'note:page:a:b',
    'note:page:%E0%A4%A:1',
    'other:plain',
    'note:constructor',
    'note:__proto__',
    '',
  ])('leaves %j alone', (id) => expect(ids.parse(id)).toBeUndefined());

  it('refuses to make one that Discord would not take', () => {
    expect(() => ids.to.page({ feeling: 'x'.repeat(100), at: 1 })).toThrow(
      /custom id of note:page has 1\d\d characters/,
    );
  });

  it('a wrong state, an unknown action or a missing handler does not compile', () => {
    // @ts-expect-error a number is wanted
    const wrong = () => ids.to.page({ feeling: 'a', at: 'x' });
    // @ts-expect-error a part is missing
    const missing = () => ids.to.off({});
    // @ts-expect-error there is no such action
    const unknown = () => ids.to.nothing({});
    expect([wrong, missing, unknown]).toHaveLength(3);
  });
});
