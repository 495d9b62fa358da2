import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { customIds } from '#panels/custom-ids';
import { command, named } from '#panels/unit';
import { sentences } from '../sentences.ts';
import { type AttuneTown, onPostgres, openTown, processes, shippedData, uploads } from '../town.ts';

const say = sentences('commands/setup/checks.yaml');

/** Somebody creates a command of the application, past Attune. */
async function create({ town }: Pick<AttuneTown, 'town'>, body: object): Promise<void> {
  const response = await fetch(`${town.api}/v10/applications/${town.bot.id}/commands`, {
    method: 'POST',
    headers: { authorization: `Bot ${town.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the town refused it: ${await response.text()}`);
}

describe('uploading commands', () => {
  it('happens at the first start, in one request, and not again while nothing differs', async () => {
    const seen: string[] = [];
    await using town = await openTown({
      onExchange: ({ method, path }) => {
        if (path.includes('/commands')) seen.push(method);
      },
    });
    // Each process looks how they are mentioned.
    const others = Array<string>(processes - 1).fill('GET');
    expect(seen).toEqual(['GET', 'PUT', ...others]);
    await town.restart();
    await town.restart();
    expect(seen).toEqual(['GET', 'PUT', ...others, 'GET', ...others, 'GET', ...others]);
  });

  it.each([
    ['another description', { description: 'Something else' }],
    ['another permission', { default_member_permissions: '8' }],
    ['another context', { contexts: [0] }],
    ['another option', { options: [] }],
    ['a name in another language', { name_localizations: { de: 'spiegeln' } }],
  ])('happens when Discord has %s', async (_, change) => {
    await using town = await openTown();
    const seen = uploads(town);
    const { commands } = town.town.world;
    const there = [...commands.values()].find(({ name }) => name === 'reflect');
    if (there) commands.set(there.id, { ...there, ...change } as typeof there);
    await town.restart();
    expect(seen).toHaveLength(1);
    await town.restart();
    expect(seen).toHaveLength(1);
  });

  it('takes away what is left over, and brings back what is missing', async () => {
    await using town = await openTown();
    const seen = uploads(town);
    const { commands } = town.town.world;
    const names = () => [...commands.values()].map(({ name }) => name).sort();
    const before = names();
    const there = [...commands.values()].find(({ name }) => name === 'explain');
    if (there) commands.delete(there.id);
    if (there) commands.set('1', { ...there, id: '1', name: 'gone' });
    await town.restart();
    expect(seen).toHaveLength(1);
    expect(before).toContain('explain');
    expect(names()).toEqual(before);
  });

  it('keeps the ids, so that what an admin decided stays', async () => {
    await using town = await openTown();
    town.town.allowCommand(town.town.guild, '/setup', { person: 'ana' }, true);
    const { commands } = town.town.world;
    const there = [...commands.values()].find(({ name }) => name === 'setup');
    if (there) commands.set(there.id, { ...there, description: 'Old' });
    await town.restart();
    expect(town.ana.commands('#general')).toContain('/setup');
  });

  it('that Discord refuses does not keep the bot from starting', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    const { commands } = town.town.world;
    const there = [...commands.values()].find(({ name }) => name === 'setup');
    if (there) commands.set(there.id, { ...there, description: 'Old' });
    void town.town.faults.next('PUT /applications/:id/commands', { status: 403, code: 50001, times: 5 });
    await town.restart();
    const post = await town.ana.says('#support', 'my mother died and the house is so quiet');
    const fix = await town.ben.repliesTo(post, 'you should see a therapist');
    expect(await town.decisionOn(fix)).toMatchObject({ nudge: 'advice' });
  });

  describe('beside an Entry Point command', () => {
    const launch = { name: 'Launch', type: 4, description: 'Launch it', handler: 2, integration_types: [0, 1] };
    const outdate = ({ town }: Pick<AttuneTown, 'town'>) => {
      const { commands } = town.world;
      const there = [...commands.values()].find(({ name }) => name === 'setup');
      if (there) commands.set(there.id, { ...there, description: 'Old' });
    };
    const described = ({ town }: Pick<AttuneTown, 'town'>, wanted: string) =>
      [...town.world.commands.values()].find(({ name }) => name === wanted)?.description;

    it('leaves it as it is, and needs no upload because of it', async () => {
      await using town = await openTown();
      await create(town, launch);
      const entryPoint = () => [...town.town.world.commands.values()].find(({ type }) => type === 4);
      const before = entryPoint();
      const seen = uploads(town);
      await town.restart();
      expect(seen).toHaveLength(0);
      outdate(town);
      await town.restart();
      expect(seen).toHaveLength(1);
      expect(described(town, 'setup')).not.toBe('Old');
      expect(before).toMatchObject(launch);
      expect(entryPoint()).toEqual(before);
      await town.restart();
      expect(seen).toHaveLength(1);
      expect(await town.mo.presses(await town.mo.runs('/setup'), 'setup:page:checks')).toShow(say('allWell'));
    });

    // Said by the process that uploads, which has another server here: the guild's learns later that they are not taken.
    it.skipIf(onPostgres)(
      'that was not told of says what to do, in the log and in /setup, until Discord takes them',
      async () => {
        const lines: string[] = [];
        await using town = await openTown({ onLog: ({ msg }) => void lines.push(msg) });
        outdate(town);
        const refused = { status: 400, code: 50240, message: "You cannot remove this app's Entry Point command" };
        void town.town.faults.next('PUT /applications/:id/commands', refused);
        await town.restart();
        expect(lines.filter((line) => line.includes('Entry Point'))).toHaveLength(1);
        const panel = await town.mo.runs('/setup');
        expect(panel).toShow(say('found.entryPoint.title'));
        const page = await town.mo.presses(panel, 'setup:page:checks');
        for (const part of ['what', 'effect', 'mend']) expect(page).toShow(say(`found.entryPoint.${part}`));
        await town.restart();
        expect(await town.mo.runs('/setup')).toShow(say('allWell'));
      },
    );
  });

  // The same.
  it.skipIf(onPostgres)('that Discord refuses is said in /setup', async () => {
    await using town = await openTown();
    const { commands } = town.town.world;
    const there = [...commands.values()].find(({ name }) => name === 'explain');
    if (there) commands.delete(there.id);
    void town.town.faults.next('PUT /applications/:id/commands', { status: 403, code: 50001, times: 5 });
    await town.restart();
    const panel = await town.mo.runs('/setup');
    expect(panel).toShow(say('found.notTaken.title'));
    expect(panel).not.toShow(say('found.entryPoint.title'));
  });

  it('a new command is uploaded and can be used', async () => {
    const data = mkdtempSync(join(tmpdir(), 'attune-words-'));
    try {
      cpSync(shippedData, data, { recursive: true });
      writeFileSync(join(data, 'en/commands/hello.yaml'), 'name: hello\ndescription: Says hello\n');
      const hello = command({
        contexts: ['server', 'bot-dm'],
        uses: [],
        words: z.strictObject(named),
        ids: customIds('hello', {}),
        run: (interaction, { words }) => interaction.reply(words.description),
        on: {},
      });
      await using town = await openTown({ data, units: [hello.load(data)] });
      expect(await town.ben.runs('/hello')).toShow('Says hello');
    } finally {
      rmSync(data, { recursive: true });
    }
  });
});
