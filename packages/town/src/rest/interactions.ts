/** Routes of interactions and of their webhooks. */

import { apiError } from '#api-error';
import { answer, edit, followUp } from '#interactions/answers';
import type { Interaction } from '#interactions/interactions';
import { type Call, nothing, ok, part, type Reply, type Routes } from '#rest/call';
import { messageLook } from '#world/look';
import { deleteMessage } from '#world/messages';
import { type Message, messageOf } from '#world/world';

const owner = (call: Call) => call.interactions.alive(part(call, 'application'), part(call, 'token'));

function find(call: Call, interaction: Interaction): Message {
  const id = call.params.message;
  if (id === undefined) {
    const original = interaction.original;
    if (!original || !messageOf(call.world, original.wire.channel_id, original.wire.id))
      throw apiError.unknownMessage();
    return original;
  }
  const message = messageOf(call.world, interaction.channel.id, id);
  if (message?.wire.author.id !== call.world.bot.user.id) throw apiError.unknownMessage();
  return message;
}

const look = (call: Call, message: Message): Reply => ok(messageLook(call.world, message, call.world.bot.user.id));

function get(call: Call): Reply {
  return look(call, find(call, owner(call)));
}

function patch(call: Call): Reply {
  const interaction = owner(call);
  return look(call, edit(call, interaction, find(call, interaction), call.body, call.uploads));
}

function remove(call: Call): Reply {
  const interaction = owner(call);
  const message = find(call, interaction);
  interaction.thinking = false;
  deleteMessage(call.world, message);
  call.interactions.tell(interaction, { gone: true });
  return nothing;
}

/** None of these need the bot's token: theirs is in the path. */
export const interactionRoutes: Routes = {
  'POST /interactions/:interaction/:token/callback': (call) => {
    const interaction = call.interactions.awaiting(part(call, 'interaction'), part(call, 'token'));
    const shown = answer(call, interaction, call.body, call.uploads);
    return call.query.get('with_response') === 'true' ? ok(shown) : nothing;
  },
  'POST /webhooks/:application/:token': (call) => look(call, followUp(call, owner(call), call.body, call.uploads)),
  'GET /webhooks/:application/:token/messages/@original': get,
  'PATCH /webhooks/:application/:token/messages/@original': patch,
  'DELETE /webhooks/:application/:token/messages/@original': remove,
  'GET /webhooks/:application/:token/messages/:message': get,
  'PATCH /webhooks/:application/:token/messages/:message': patch,
  'DELETE /webhooks/:application/:token/messages/:message': remove,
};
