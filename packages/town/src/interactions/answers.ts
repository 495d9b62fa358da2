/** The application's answers to an interaction: the callback, edits of it, and follow-ups. */
import {
  type APIApplicationCommandOptionChoice,
  PermissionFlagsBits as Bits,
  InteractionType,
  InteractionResponseType as Kind,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import { apiError, createForm } from '#api-error';
import { checkMessage, checkModal, type MessageForm, type Upload } from '#checks/message';
import { asList, asObject, choices, textIn } from '#checks/read';
import {
  type Interaction,
  type Interactions,
  isBroughtAlong,
  type Modal,
  metadata,
  placeOf,
} from '#interactions/interactions';
import type { Draft } from '#world/draft';
import { messageLook } from '#world/look';
import { editMessage, writeMessage } from '#world/messages';
import { has, inChannel } from '#world/permissions';
import { type Message, messageOf, type World } from '#world/world';

type Town = { world: World; interactions: Interactions };

const allowedFor: Record<InteractionType, readonly Kind[]> = {
  [InteractionType.Ping]: [1],
  [InteractionType.ApplicationCommand]: [4, 5, 9],
  [InteractionType.MessageComponent]: [4, 5, 6, 7, 9],
  [InteractionType.ApplicationCommandAutocomplete]: [8],
  [InteractionType.ModalSubmit]: [4, 5, 6, 7],
};

const updates = (interaction: Interaction) => interaction.source !== undefined;

/** Takes the first answer; gives what `with_response` shows. */
export function answer(town: Town, interaction: Interaction, given: unknown, uploads: readonly Upload[]): object {
  const { world, interactions } = town;
  const body = asObject(given);
  const kind = body.type as Kind;
  const allowed = allowedFor[interaction.type].filter(
    (one) => updates(interaction) || (one !== Kind.DeferredMessageUpdate && one !== Kind.UpdateMessage),
  );
  if (!allowed.includes(kind)) {
    const form = createForm();
    choices(form, ['type'], allowed);
    form.done();
  }
  const data = asObject(body.data);
  const answered = () => {
    interaction.state = 'answered';
  };
  switch (kind) {
    case Kind.ChannelMessageWithSource: {
      const form = checkMessage(world, data, uploads);
      answered();
      const message = write(town, interaction, form, form.flags);
      interactions.tell(interaction, { shown: message });
      return withResource(town, interaction, kind, message);
    }
    case Kind.DeferredChannelMessageWithSource: {
      answered();
      const flags = (Number(data.flags ?? 0) & MessageFlags.Ephemeral) | MessageFlags.Loading;
      interaction.thinking = true;
      return withResource(town, interaction, kind, write(town, interaction, {}, flags));
    }
    case Kind.DeferredMessageUpdate: {
      answered();
      if (interaction.source) interaction.original = interaction.source;
      return withResource(town, interaction, kind, interaction.source);
    }
    case Kind.UpdateMessage: {
      const source = interaction.source;
      const message = source && change(town, source, data, uploads);
      answered();
      if (message) {
        interaction.original = message;
        interactions.tell(interaction, { shown: message });
      }
      return withResource(town, interaction, kind, message);
    }
    case Kind.Modal: {
      const modal = checkModal(data) as unknown as Modal;
      answered();
      interactions.tell(interaction, { modal });
      return withResource(town, interaction, kind, undefined);
    }
    default: {
      const list = choicesIn(data);
      answered();
      interactions.tell(interaction, { choices: list });
      return withResource(town, interaction, kind, undefined);
    }
  }
}

function choicesIn(data: Record<string, unknown>): APIApplicationCommandOptionChoice[] {
  const form = createForm();
  const list = asList(data.choices);
  if (list.length > 25) form.wrong(['data', 'choices'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 0 and 25 in length.');
  list.forEach((one, at) => {
    const choice = asObject(one);
    textIn(form, choice, 'name', ['data', 'choices', at], { min: 1, max: 100, required: true });
    if (typeof choice.value === 'string' || choice.value === undefined)
      textIn(form, choice, 'value', ['data', 'choices', at], { max: 100, required: true });
  });
  form.done();
  return list as APIApplicationCommandOptionChoice[];
}

/** Where a person may not bring applications along, what theirs says is seen by them alone. */
const isKeptPrivate = (world: World, interaction: Interaction): boolean =>
  interaction.channel.guild !== undefined &&
  isBroughtAlong(interaction) &&
  !has(inChannel(world, interaction.channel, interaction.user), Bits.UseExternalApps);

const mostFollowUps = 5;

/** Writes the message that answers: ephemeral or not, marked with what it answers. */
function write(town: Town, interaction: Interaction, form: Partial<MessageForm>, flags: number): Message {
  const { world } = town;
  const { type, target, source, name, user } = interaction;
  const isCommand = type === InteractionType.ApplicationCommand;
  const answered = target ?? (isCommand ? undefined : source?.wire.id);
  const first = interaction.original;
  const kind = first
    ? MessageType.Reply
    : isCommand
      ? target
        ? MessageType.ContextMenuCommand
        : MessageType.ChatInputCommand
      : answered
        ? MessageType.Reply
        : MessageType.Default;
  const reference = first ? first.wire.id : answered;
  const draft: Draft = {
    ...form,
    author: world.bot.user,
    type: kind,
    flags: flags & ~MessageFlags.Ephemeral,
    ...(flags & MessageFlags.Ephemeral || isKeptPrivate(world, interaction) ? { onlyFor: user } : {}),
    ...(reference && { reference: { channel: interaction.channel.id, message: reference } }),
    more: {
      application_id: world.bot.user.id,
      webhook_id: world.bot.user.id,
      interaction_metadata: metadata(world, interaction) as never,
      ...(isCommand &&
        !first && {
          interaction: { id: interaction.id, type, name: name ?? '', user: world.people.get(user)?.user as never },
        }),
    },
  };
  const message = writeMessage(world, placeOf(world, interaction), draft);
  interaction.original ??= message;
  return message;
}

/** Changes a message with an edit's form. */
function change(
  { world }: Town,
  message: Message,
  data: unknown,
  uploads: readonly Upload[],
  quietly = false,
): Message {
  if (!messageOf(world, message.wire.channel_id, message.wire.id)) throw apiError.unknownMessage();
  const now = messageLook(world, message, world.bot.user.id);
  const { enforceNonce: _, nonce: __, tts: ___, ...form } = checkMessage(world, data, uploads, now);
  const flags = message.onlyFor ? form.flags | MessageFlags.Ephemeral : form.flags & ~MessageFlags.Ephemeral;
  return editMessage(world, message, { ...form, flags }, quietly);
}

/** An edit of one of the interaction's messages. */
export function edit(
  town: Town,
  interaction: Interaction,
  message: Message,
  data: unknown,
  uploads: readonly Upload[],
) {
  const wasThinking = interaction.thinking && message === interaction.original;
  const changed = change(town, message, data, uploads, wasThinking);
  if (wasThinking) interaction.thinking = false;
  town.interactions.tell(interaction, { shown: changed });
  return changed;
}

/** A further message. While the first one is still "thinking", it takes that one's place. */
export function followUp(town: Town, interaction: Interaction, data: unknown, uploads: readonly Upload[]): Message {
  if (interaction.thinking && interaction.original) return edit(town, interaction, interaction.original, data, uploads);
  if (isBroughtAlong(interaction) && interaction.followUps >= mostFollowUps) throw apiError.tooManyFollowUps();
  const form = checkMessage(town.world, data, uploads);
  interaction.followUps += 1;
  const message = write(town, interaction, form, form.flags);
  town.interactions.tell(interaction, { shown: message });
  return message;
}

function withResource({ world }: Town, interaction: Interaction, kind: Kind, message: Message | undefined): object {
  const { id, type, channel } = interaction;
  const ephemeral = message?.onlyFor !== undefined;
  return {
    interaction: {
      id,
      type,
      channel_id: channel.id,
      ...(channel.guild && { guild_id: channel.guild }),
      ...(message && {
        response_message_id: message.wire.id,
        response_message_loading: interaction.thinking,
        response_message_ephemeral: ephemeral,
      }),
    },
    ...(message && { resource: { type: kind, message: messageLook(world, message, world.bot.user.id) } }),
  };
}
