import { openTown, type Town } from '@attune/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { servePage } from '#serve';

const told = { id: '1', at: 0, headline: 'Left alone', reason: 'It looks fine.', tone: 'quiet' } as const;
let town: Town;
let socket: WebSocket;
const heard: Record<string, unknown>[] = [];
const waiting = new Set<() => void>();

/** The next thing that is told of this kind, or the one that was. */
const next = <T = Record<string, never>>(is: (message: Record<string, unknown>) => boolean): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`never told; heard ${JSON.stringify(heard).slice(0, 400)}`)),
      5_000,
    );
    const look = () => {
      const at = heard.findIndex(is);
      if (at < 0) return;
      clearTimeout(timer);
      waiting.delete(look);
      resolve(heard.splice(0, at + 1).at(-1) as T);
    };
    waiting.add(look);
    look();
  });

let n = 0;
const ask = (message: object) => socket.send(JSON.stringify(message));
const act = (name: string, verb: string, ...args: unknown[]) => {
  n += 1;
  const own = n;
  ask({ t: 'act', n: own, as: town.person(name).id, act: verb, args });
  return next<{ t: string; why?: string; result?: { channel?: string } }>((message) => message.n === own);
};
const sees = async (name: string) => {
  ask({ t: 'view', as: town.person(name).id });
  return next<{ world: { channels: { name: string; id: string }[] }; messages: { content: string }[] }>(
    ({ t }) => t === 'world',
  );
};

beforeAll(async () => {
  town = await openTown();
  await servePage(town, {
    title: 'A <town>',
    about: 'About it',
    cast: [{ name: 'Ana', part: 'shares' }],
    panel: {
      title: 'Told',
      empty: 'Nothing',
      read: async (post, reply) => {
        if (reply === '') throw new Error('There is nothing to read.');
        return { ...told, reason: `${post} / ${reply}` };
      },
    },
    tour: {
      ...{
        title: '',
        all: 'All',
        inMenu: 'In the menu',
        start: '',
        skip: '',
        again: '',
        next: '',
        back: '',
        insert: '',
        finish: '',
        actingAs: '',
      },
      steps: [
        { id: 'says', title: '', text: '', goal: { who: 'Ana', says: '#support' } },
        { id: 'hears', title: '', text: '', goal: { who: 'Ben', hears: 'dm' } },
      ],
    },
  }).then((page) => page.tell(told));
  socket = new WebSocket(`${town.origin.replace('http', 'ws')}/town`, { origin: town.origin });
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)));
    for (const look of [...waiting]) look();
  });
  await new Promise((resolve) => socket.once('open', resolve));
});
afterAll(async () => {
  socket.close();
  await town.close();
});

describe('the page', () => {
  it('is kept by nobody and takes nothing from elsewhere', async () => {
    const response = await fetch(town.origin);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy')).not.toMatch(/unsafe|https:|\*/);
    const html = await response.text();
    expect(html).toContain('<title>A &#60;town&#62;</title>');
    expect(html).not.toMatch(/https?:|style=|<script>/);
  });

  it('has its script and style made in memory', async () => {
    const script = await fetch(`${town.origin}/page.js`);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(await script.text()).not.toContain('innerHTML=');
    expect((await fetch(`${town.origin}/page.css`)).status).toBe(200);
  });

  it.each(['/src/main.ts', '/page.ts', '/../package.json', '/client/main.tsx'])(
    'serves nothing else: %s',
    async (path) => {
      expect((await fetch(town.origin + path)).status).toBe(404);
    },
  );

  it.each([{}, { origin: 'http://elsewhere.example' }])('opens no socket to %j', async (how) => {
    const other = new WebSocket(`${town.origin.replace('http', 'ws')}/town`, how);
    await expect(new Promise((resolve) => other.once('error', resolve))).resolves.toMatchObject({
      message: 'Unexpected server response: 403',
    });
  });
});

describe('what a visitor is told', () => {
  it('begins with the host, its people and what was told before', async () => {
    const { host, entries } = await next<{ host: { cast: unknown; panel: object }; entries: unknown }>(
      ({ t }) => t === 'host',
    );
    expect(host.cast).toEqual([{ id: town.person('ana').id, name: 'Ana', part: 'shares' }]);
    expect(host.panel).toEqual({ title: 'Told', empty: 'Nothing' });
    expect(entries).toEqual([told]);
  });

  it('is what the person they look through may know', async () => {
    const role = town.addRole(town.guild, 'Keepers', 0n);
    const hidden = town.addChannel(town.guild, { name: 'hidden', onlyFor: [role, town.person('mo').id] });
    await town.person('mo').says(hidden, 'not for everybody');
    const [ana, mo] = [await sees('ana'), await sees('mo')];
    expect(mo.messages.map(({ content }) => content)).toContain('not for everybody');
    expect(JSON.stringify(ana)).not.toContain('not for everybody');
    expect(ana.world.channels.map(({ name }) => name)).not.toContain('hidden');
    expect(await act('ana', 'says', hidden.id, 'let me in')).toMatchObject({ t: 'refused' });
  });

  it('comes as it happens: messages, edits, reactions, deletions', async () => {
    await sees('ben');
    const message = await town.person('ana').says('#support', 'hello');
    const told = (is: (one: { content: string; reactions?: unknown[] }) => boolean) =>
      next(({ t, message: one }) => t === 'message' && is(one as never));
    await told(({ content }) => content === 'hello');
    await town.person('ana').edits(message, 'hello there');
    await told(({ content }) => content === 'hello there');
    expect(await act('ben', 'reacts', message, '💙')).toMatchObject({ t: 'done' });
    await town.person('ana').deletes(message);
    await expect(next(({ t }) => t === 'gone')).resolves.toMatchObject({ ids: [message.id] });
  });

  it('is when a step of the tour is reached', async () => {
    const reached = next(({ t, step }) => t === 'reached' && step === 'says');
    await town.person('ana').says('#general', 'not there');
    await town.person('ana').says('#support', 'there');
    await expect(reached).resolves.toMatchObject({ step: 'says' });
  });

  it('is what the host reads in their sentences, or why it cannot', async () => {
    ask({ t: 'try', n: 900, post: 'one', reply: 'two' });
    await expect(next(({ n: of }) => of === 900)).resolves.toMatchObject({
      t: 'tried',
      entry: { reason: 'one / two' },
    });
    ask({ t: 'try', n: 901, post: 'one', reply: '' });
    await expect(next(({ n: of }) => of === 901)).resolves.toMatchObject({
      t: 'refused',
      why: 'There is nothing to read.',
    });
  });
});

describe('closing', () => {
  it('waits for nobody who looks at the page', async () => {
    const other = await openTown();
    await servePage(other, { title: '', about: '', cast: [] });
    const visitor = new WebSocket(`${other.origin.replace('http', 'ws')}/town`, { origin: other.origin });
    await new Promise((resolve) => visitor.once('open', resolve));
    const gone = new Promise((resolve) => visitor.once('close', resolve));
    await other.close();
    await gone;
  });
});

describe('what a visitor does', () => {
  it('opens threads and posts, and says where they are', async () => {
    const { world } = await sees('ana');
    const idOf = (name: string) => world.channels.find((one) => one.name === name)?.id ?? '';
    const thread = await act('ana', 'startsThread', idOf('support'), 'a thread');
    expect(town.world.channels.get(thread.result?.channel ?? '')?.name).toBe('a thread');
    const post = await act('ana', 'posts', idOf('stories'), 'a post', 'how it began', {
      tags: [town.channel('#stories').tags[0]?.id],
    });
    expect(town.world.channels.get(post.result?.channel ?? '')?.thread?.tags).toHaveLength(1);
  });

  it.each([
    ['says', ['0', 'x'], 'That channel is gone.'],
    ['deletes', [{ id: '1', channel_id: '2' }], 'That message is gone.'],
    ['constructor', [], 'Nobody can do "constructor" here.'],
    ['submits', ['unknown', {}], 'Something went wrong. Try again.'],
  ])('is refused in plain words: %s %j', async (verb, args, why) => {
    await expect(act('ana', verb, ...args)).resolves.toMatchObject({ t: 'refused', why });
  });

  it.each([
    ['edits', 'x'.repeat(2001), 'A message holds 2,000 characters.'],
    ['edits', '  ', 'An empty message cannot be sent.'],
  ])('is what the client allows: %s', async (verb, text, why) => {
    const message = await town.person('ana').says('#general', 'mine');
    await expect(act('ana', verb, message, text)).resolves.toMatchObject({ t: 'refused', why });
    await expect(act('ben', verb, message, 'not mine')).resolves.toMatchObject({ t: 'refused' });
  });

  it('survives what is no message at all', async () => {
    for (const text of ['', '{', '[]', '{"t":"act"}', '{"t":"view","as":"nobody"}']) socket.send(text);
    await expect(sees('ana')).resolves.toBeDefined();
  });
});
