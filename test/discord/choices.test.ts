import { openTown, type Town } from '@attune/town';
import { expect, it } from 'vitest';
import { type BotSetup, startBot } from '#discord/bot';
import { shardOf } from '#discord/servers';
import { createLog } from '#log';
import type { Decision } from '#nudge/nudge';
import { defaultSettings } from '#settings/settings';
import { openStore } from '#store/open';
import { partsWith, shippedData } from '../town.ts';

/** What is chosen while the bot is still about to start: some shards are at work long before the last one. */

async function starting(town: Town, more: Partial<BotSetup> = {}) {
  const { id } = town.guild;
  const store = await openStore({ path: ':memory:', key: 'a key that is only used in tests' });
  const support = { ...defaultSettings.support, mode: 'on' as const, channels: [town.channel('#support').id] };
  await store.guilds.save(id, 0, { support });
  const [ana, ben] = [town.person('ana'), town.person('ben')];
  await store.members.turnOn(id, ben.id);
  const decided = Promise.withResolvers<Decision>();
  const bot = startBot({
    ...(await partsWith(shippedData)),
    ...{ token: town.token, api: town.api, settleMs: 30, data: shippedData, store, log: createLog('silent') },
    observe: (decision) => decision.replier === ben.id && decided.resolve(decision),
    ...more,
  });
  bot.catch(() => undefined);
  const fixes = async () =>
    ben.repliesTo(await ana.says('#support', 'my mother died and the house is so quiet'), 'you should see a therapist');
  return { bot, ben, fixes, decided: decided.promise };
}

it('nobody gets a note while presses are not heard, as some shards wait to log in', async () => {
  await using town = await openTown({ shards: 2, maxConcurrency: 2 });
  const gate = Promise.withResolvers<void>();
  const isFirst = (bucket: number) => bucket === shardOf(town.guild.id, 2);
  const waitToLogin = async (bucket: number) => (isFirst(bucket) ? undefined : gate.promise);
  const { bot, ben, fixes, decided } = await starting(town, { waitToLogin });
  await expect.poll(() => town.gateway.sessions.length, { timeout: 10_000 }).toBe(1);
  await fixes();
  expect(await decided).toMatchObject({ outcome: 'left alone', reason: 'off' });
  expect(ben.dms).toEqual([]);
  gate.resolve();
  await (await bot).stop();
});

it('what is chosen in another process is heard while commands are still uploaded', async () => {
  await using town = await openTown();
  let chose: ((guild: string) => void) | undefined;
  const hearChoices: BotSetup['hearChoices'] = (heard) => {
    chose = heard;
  };
  const uploading = town.faults.next('PUT /applications/:id/commands', { delayAnswer: 6_000 });
  const { bot, ben, fixes, decided } = await starting(town, { hearChoices });
  await uploading;
  const struck = town.faults.next('POST /channels/:id/messages', { status: 429, retryAfter: 1 });
  await fixes();
  await struck;
  chose?.(town.guild.id);
  expect(await decided).toMatchObject({ outcome: 'left alone' });
  expect(ben.dms).toEqual([]);
  await (await bot).stop();
});
