import { PermissionFlagsBits as Bits, ApplicationCommandPermissionType as Kind } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInbox, waitFor } from '#actors/waiting';
import { openTown, type Town } from '#town';
import { ask } from './client.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

describe('the picker', () => {
  const set = (...commands: object[]) => ask(town, 'PUT', `/applications/${town.bot.id}/commands`, commands);
  const hi = (more: object = {}) => ({ name: 'hi', description: 'Says hi', ...more });
  const shown = (who: string, place?: string) => town.person(who).commands(place);
  const rule = (rules: { id: string; type: Kind; permission: boolean }[], id?: string) => {
    const command = [...town.world.commands.values()][0];
    town.guild.commandPermissions.set(id ?? command?.id ?? '', rules);
  };

  test('"0" is for administrators alone', async () => {
    await set(hi({ default_member_permissions: '0' }));
    expect(shown('mo')).toEqual([]);
    expect(shown('ida')).toEqual(['/hi']);
  });

  test('a channel can be closed to a command, or all but one', async () => {
    await set(hi());
    rule([{ id: town.channel('#support').id, type: Kind.Channel, permission: false }]);
    expect(shown('ben', '#support')).toEqual([]);
    expect(shown('ben', '#general')).toEqual(['/hi']);
    rule([
      { id: (BigInt(town.guild.id) - 1n).toString(), type: Kind.Channel, permission: false },
      { id: town.channel('#support').id, type: Kind.Channel, permission: true },
    ]);
    expect(shown('ben', '#support')).toEqual(['/hi']);
    expect(shown('ben', '#general')).toEqual([]);
  });

  test('a rule for the whole application counts where the command has none', async () => {
    await set(hi());
    rule([{ id: town.guild.id, type: Kind.Role, permission: false }], town.bot.id);
    expect(shown('ben')).toEqual([]);
    rule([{ id: town.person('ben').id, type: Kind.User, permission: true }]);
    expect(shown('ben')).toEqual(['/hi']);
  });

  test('nothing without Use Application Commands, nor where the bot is not', async () => {
    await set(hi());
    const guild = town.addGuild({ name: 'Elsewhere', people: ['Ben'], bot: false });
    expect(shown('ben', 'Elsewhere#general')).toEqual([]);
    town.botJoins(guild);
    expect(shown('ben', 'Elsewhere#general')).toEqual(['/hi']);
    town.setRolePermissions(town.guild, 'everyone', Bits.ViewChannel);
    expect(shown('ben', '#general')).toEqual([]);
  });

  test('contexts: a guild, a conversation with the bot', async () => {
    await set(hi({ contexts: [0] }), { name: 'dm', description: 'x', contexts: [1] });
    expect(shown('ben')).toEqual(['/hi']);
    expect(shown('ben', 'dm')).toEqual(['/dm']);
  });
});

describe('waiting', () => {
  test('an inbox gives the oldest first, and waits when it is empty', async () => {
    const inbox = createInbox<number>();
    inbox.put(1);
    inbox.put(2);
    expect([await inbox.take('one'), await inbox.take('two')]).toEqual([1, 2]);
    const third = inbox.take('three');
    inbox.put(3);
    expect(await third).toBe(3);
    await expect(inbox.take('a fourth', 10)).rejects.toThrow('Waited 10 ms for a fourth.');
    inbox.put(4);
    expect(await inbox.take('the fourth')).toBe(4);
  });

  test('what comes at once is not missed, and listening ends', async () => {
    let stopped = 0;
    const stop = () => {
      stopped += 1;
    };
    const come = waitFor<string>('it', (done) => {
      done('here');
      return stop;
    });
    expect(await come).toBe('here');
    expect(stopped).toBe(1);
    await expect(waitFor('nothing', () => stop, 5)).rejects.toThrow();
    expect(stopped).toBe(2);
  });
});

test('a person reads only what is theirs to read', async () => {
  const { ana, ben, mo } = { ana: town.person('ana'), ben: town.person('ben'), mo: town.person('mo') };
  town.addChannel(town.guild, { name: 'moderators', onlyFor: [mo.id] });
  const secret = await mo.says('#moderators', 'x');
  expect(mo.sees(secret)?.content).toBe('x');
  expect(ben.sees(secret)).toBeUndefined();
  const quiet = await ana.says('dm', 'to the bot');
  expect(ben.sees(quiet)).toBeUndefined();
  expect(ana.dms).toHaveLength(1);
});
