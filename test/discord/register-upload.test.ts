import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { customIds } from '#panels/custom-ids';
import { command, named } from '#panels/unit';
import { openTown, shippedData, uploads } from '../town.ts';

describe('uploading commands', () => {
  it('happens at the first start, in one request, and not again while nothing differs', async () => {
    const seen: string[] = [];
    await using town = await openTown({
      onExchange: ({ method, path }) => {
        if (path.includes('/commands')) seen.push(method);
      },
    });
    expect(seen).toEqual(['GET', 'PUT']);
    await town.restart();
    await town.restart();
    expect(seen).toEqual(['GET', 'PUT', 'GET', 'GET']);
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
