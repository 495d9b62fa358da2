import { expect, test } from 'vitest';
import { exempt } from '#settings/exempt';
import { readRow } from '#settings/row';
import { sections } from '#settings/settings';

const id = '500000000000000001';

test('by default nothing is left out, also in a row that is older', () => {
  expect(exempt.default).toEqual({ channels: [], roles: [] });
  const older = JSON.stringify({ support: { mode: 'on', channels: [id] }, exempt: { roles: [id] } });
  expect(readRow(sections, older)).toMatchObject({
    settings: { support: { mode: 'on' }, exempt: { channels: [], roles: [id] } },
    unreadable: [],
  });
});

test('what is left out but cannot be read stops everything: nobody is contacted who may not be', () => {
  const broken = JSON.stringify({
    support: { mode: 'on', channels: [id] },
    exempt: { channels: [], roles: ['staff'] },
  });
  expect(readRow(sections, broken)).toMatchObject({ settings: { support: { mode: 'off' } }, unreadable: ['exempt'] });
});

test.each([{ channels: [id, id], roles: [] }, { channels: ['here'], roles: [] }, { channels: [] }])(
  '%j does not fit',
  (given) => expect(exempt.schema.safeParse(given).success).toBe(false),
);
