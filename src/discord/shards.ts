import { setTimeout as pause } from 'node:timers/promises';
import type { SimpleShardingStrategy } from 'discord.js';
import { isSound, StrangePayload } from '#discord/payloads';

/** What discord.js leaves to chance about its sockets: how they come back, how they go, and what comes through them. */

type Socket = { readyState: number; on(event: 'error', heard: () => void): unknown; terminate(): void };
/** What discord.js' types leave out. */
type HasShards = { shards: ReadonlyMap<number, Shard> };
type Shard = {
  id: number;
  strategy: { updateSessionInfo(shard: number, session: null): Promise<void> };
  connection: Socket | null;
  internalConnect(): Promise<void>;
  onMessage(...sent: unknown[]): Promise<void>;
  unpackMessage(...sent: unknown[]): Promise<unknown>;
  on(event: 'ready' | 'resumed', heard: () => void): unknown;
  emit(event: 'error', told: { error: unknown }): unknown;
};
const connecting = 0;

/** Before another try after one that came to nothing, in ms: the first, and the longest. Each is twice the last. */
const backOff = { first: 500, longest: 60_000 };
/** So many tries where the session would go on: that place may be gone for good, and the gateway itself be well. */
const mostResumes = 4;

export function steady(strategy: SimpleShardingStrategy): SimpleShardingStrategy {
  const { shards } = strategy as unknown as HasShards;
  const spawn = strategy.spawn.bind(strategy);
  let going = new AbortController();
  strategy.spawn = async (ids) => {
    await spawn(ids);
    // Those of before have gone: discord.js lets them go before it makes the first, too.
    going = new AbortController();
    for (const shard of shards.values()) {
      comeBackSlowly(shard, going.signal);
      hearWhatIsSound(shard);
    }
  };
  takeAlong(strategy, shards, () => going.abort());
  return strategy;
}

/**
 * discord.js opens a connection twice a second, for as long as none holds: a gateway in trouble is not helped by that,
 * and of a thousand logins a day it takes one each.
 */
function comeBackSlowly(shard: Shard, gone: AbortSignal): void {
  const connect = shard.internalConnect.bind(shard);
  let inVain = 0;
  const begin = async (): Promise<void> => {
    const wait = inVain === 0 ? 0 : Math.min(backOff.first * 2 ** (inVain - 1), backOff.longest);
    if (inVain === mostResumes) await shard.strategy.updateSessionInfo(shard.id, null);
    inVain += 1;
    // Often nothing else keeps the process while it waits here: without this it would end, and say nothing.
    if (wait > 0) await pause(wait, undefined, { signal: gone }).catch(() => undefined);
    // It may have gone meanwhile.
    if (shard.internalConnect === begin) await connect();
  };
  shard.internalConnect = begin;
  for (const event of ['ready', 'resumed'] as const)
    shard.on(event, () => {
      inVain = 0;
    });
}

/** What cannot be taken in is told and passed over: in discord.js it is an error that nobody hears, which ends the process. */
function hearWhatIsSound(shard: Shard): void {
  const [unpack, hear] = [shard.unpackMessage.bind(shard), shard.onMessage.bind(shard)];
  shard.unpackMessage = async (...sent) => {
    const payload = await unpack(...sent);
    if (!isSound(payload)) throw new StrangePayload();
    return payload;
  };
  shard.onMessage = (...sent) => hear(...sent).catch((error: unknown) => void shard.emit('error', { error }));
}

/**
 * A client that goes lets go of sockets that are only being opened: they would stay, and end as an error that nobody
 * hears, which ends the process. They go along; and shards that pause before they come back stay away.
 */
function takeAlong(strategy: SimpleShardingStrategy, shards: HasShards['shards'], endPauses: () => void): void {
  const destroy = strategy.destroy.bind(strategy);
  strategy.destroy = async (...options) => {
    const going = [...shards.values()];
    const opening = going.flatMap(({ connection }) => (connection?.readyState === connecting ? [connection] : []));
    for (const shard of going) shard.internalConnect = async () => undefined;
    endPauses();
    await destroy(...options);
    for (const socket of opening) {
      socket.on('error', () => undefined);
      socket.terminate();
    }
  };
}
