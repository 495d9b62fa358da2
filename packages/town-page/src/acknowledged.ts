/** When is a use of the application over for the person who began it? With the answer, or once it was deferred. */

import type { Exchange, Town, WorldEvent } from '@attune/town';
import type { Answer } from '@attune/town/actors/uses';
import { asObject } from '@attune/town/checks/read';
import { InteractionType, InteractionResponseType as Kind } from 'discord-api-types/v10';

const deferrals: readonly unknown[] = [Kind.DeferredChannelMessageWithSource, Kind.DeferredMessageUpdate];

/**
 * `begin` starts the interaction before it first waits, as every actor does. Resolves with its answer, or with
 * 'deferred' when the application said that it will come back to it.
 */
export async function acknowledged(town: Town, begin: () => Promise<Answer>): Promise<Answer | 'deferred'> {
  let id: string | undefined;
  const stopWatching = town.on(({ t, d }: WorldEvent) => {
    const { id: begun, type } = asObject(d);
    if (t === 'INTERACTION_CREATE' && type !== InteractionType.ApplicationCommandAutocomplete) id ??= String(begun);
  });
  let stop: (() => void) | undefined;
  const deferred = new Promise<'deferred'>((resolve) => {
    stop = town.onExchange(({ path, status, request }: Exchange) => {
      const isMine = id !== undefined && path.includes(`/interactions/${id}/`) && status < 300;
      if (isMine && deferrals.includes(asObject(request).type)) resolve('deferred');
    });
  });
  try {
    const answer = begin();
    stopWatching();
    // Whoever waits for the answer of a deferred one waits in vain at times; nobody needs to hear of that.
    answer.catch(() => undefined);
    return await Promise.race([answer, deferred]);
  } finally {
    stopWatching();
    stop?.();
  }
}
