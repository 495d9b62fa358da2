import { openTown, type Town } from '@attune/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { servePage } from '#serve';

/** Whatever a program sends to the page's socket, it ends no more than that. */

let town: Town;
beforeAll(async () => {
  town = await openTown();
  await servePage(town, { title: 'A town', about: 'About it', cast: [] });
});
afterAll(() => town.close());

/** What a program may send in place of a text, a number or a list. */
const odd: unknown[] = [
  { toString: 1 },
  { toString: 1, valueOf: 1, length: -1 },
  [[{ toString: 1 }]],
  null,
  -1,
  1e300,
  '',
  '__proto__',
];

const open = async () => {
  const socket = new WebSocket(`${town.origin.replace('http', 'ws')}/town`, { origin: town.origin });
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('message', resolve));
  return socket;
};
/** Waits until this is told; false: the socket was closed before. */
const told = (socket: WebSocket, t: string) =>
  new Promise<boolean>((resolve) => {
    socket.on('message', (data) => JSON.parse(String(data)).t === t && resolve(true));
    socket.on('close', () => resolve(false));
  });

describe('whatever a program sends', () => {
  const verbs = [
    ...['says', 'edits', 'deletes', 'reacts', 'unreacts', 'pins', 'forwards', 'posts', 'startsThread'],
    ...['startsPrivateThread', 'archives', 'types', 'opensDmWith', 'runs', 'completes', 'usesMenu', 'usesMenuOn'],
    ...['presses', 'selects', 'submits', 'constructor', '__proto__'],
  ];
  const forms = (value: unknown) => [
    value,
    { t: value },
    { t: 'view', as: value },
    { t: 'act', n: value, as: value, act: value, args: value },
    { t: 'try', n: value, post: value, reply: value },
    ...verbs.flatMap((act) => [
      { t: 'act', n: -1, as: town.person('ana').id, act, args: [value, value, value, value, value] },
      { t: 'act', n: -1, as: town.person('ana').id, act, args: [town.channel('#support').id, value, value, value] },
    ]),
  ];

  it.each(odd)('%j in every field ends nothing', async (value) => {
    const own = await open();
    for (const form of forms(value)) own.send(JSON.stringify(form) ?? 'undefined');
    own.send('{"t":"view"');
    own.send(Buffer.alloc(4, 255));
    // Others go on: all of it was heard before this is.
    own.send(JSON.stringify({ t: 'view', as: town.person('cleo').id }));
    await told(own, 'world');
    own.terminate();
    const next = await open();
    next.send(JSON.stringify({ t: 'view', as: town.person('ben').id }));
    expect(await told(next, 'world')).toBe(true);
    next.terminate();
  });
});
