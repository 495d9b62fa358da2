/** The life of an interaction: it begins with a person, waits three seconds for an answer, lives fifteen minutes. */
import { randomBytes } from 'node:crypto';
import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  type ApplicationIntegrationType,
  PermissionFlagsBits as Bits,
  InteractionContextType,
  InteractionType,
} from 'discord-api-types/v10';
import { apiError } from '#api-error';
import { memberLook, messageLook, resolvedChannelLook } from '#world/look';
import { inChannel } from '#world/permissions';
import { type Channel, channelOf, guildOf, type Message, must, personOf, type World } from '#world/world';

export const answerWithin = 3_000;
export const aliveFor = 15 * 60_000;

export type Modal = APIModalInteractionResponseCallbackData;

/** What the person who acted gets to see. */
export type Outcome =
  | { shown: Message }
  | { modal: Modal }
  | { choices: APIApplicationCommandOptionChoice[] }
  | { gone: true }
  | { failed: string };

/** Through whose installation an interaction comes: a server's id ('0' in direct messages), a person's, or both. */
export type Owners = Partial<Record<ApplicationIntegrationType, string>>;

export type Act = {
  type: InteractionType;
  user: string;
  channel: Channel;
  data: object;
  /** Of a command; what is pressed later has those of the message that it stands on. */
  owners?: Owners;
  /** The command's name; '' for components and modals. */
  name?: string;
  /** The message that carries the pressed component. */
  source?: Message;
  /** The message that a menu was opened on. */
  target?: string;
  /** Modals: what opened them. */
  openedBy?: Interaction;
};

export type Interaction = Act & {
  id: string;
  token: string;
  at: number;
  state: 'waiting' | 'answered' | 'failed';
  /** The message that `@original` means. */
  original?: Message;
  /** Answered with "thinking": the message is there, but empty. */
  thinking: boolean;
  /** Further messages so far. */
  followUps: number;
  listeners: Set<(outcome: Outcome) => void>;
};

export type Interactions = {
  begin(act: Act): Interaction;
  /** The interaction that a callback is for: 10062 when it is unknown or late, 40060 when it has had its answer. */
  awaiting(id: string, token: string): Interaction;
  /** The interaction behind a webhook's token, while it lives. */
  alive(application: string, token: string): Interaction;
  tell(interaction: Interaction, outcome: Outcome): void;
};

const failure: Record<InteractionType, string> = {
  [InteractionType.Ping]: '',
  [InteractionType.ApplicationCommand]: 'The application did not respond',
  [InteractionType.MessageComponent]: 'This interaction failed',
  [InteractionType.ApplicationCommandAutocomplete]: 'Loading options failed',
  [InteractionType.ModalSubmit]: 'Something went wrong. Try again.',
};

export function createInteractions(world: World): Interactions {
  const byToken = new Map<string, Interaction>();

  const tell = (interaction: Interaction, outcome: Outcome) => {
    for (const listener of [...interaction.listeners]) listener(outcome);
  };

  return {
    tell,
    begin(act) {
      const interaction: Interaction = {
        ...act,
        id: world.ids.next(),
        token: randomBytes(48).toString('base64url'),
        at: world.clock.now(),
        state: 'waiting',
        thinking: false,
        followUps: 0,
        listeners: new Set(),
      };
      byToken.set(interaction.token, interaction);
      world.clock.after(answerWithin, () => {
        if (interaction.state !== 'waiting') return;
        interaction.state = 'failed';
        tell(interaction, { failed: failure[interaction.type] });
      });
      world.clock.after(aliveFor, () => {
        byToken.delete(interaction.token);
        if (interaction.thinking) tell(interaction, { failed: 'The application did not respond' });
      });
      const d = payload(world, interaction);
      const { guild } = interaction.channel;
      world.emit({ t: 'INTERACTION_CREATE', d, ...(guild && { guild }), only: [world.bot.user.id] });
      return interaction;
    },
    awaiting(id, token) {
      const interaction = byToken.get(token);
      if (!interaction || interaction.id !== id || interaction.state === 'failed') throw apiError.unknownInteraction();
      if (interaction.state === 'answered') throw apiError.alreadyAnswered();
      return interaction;
    },
    alive(application, token) {
      if (application !== world.bot.user.id) throw apiError.unknownWebhook();
      const interaction = byToken.get(token);
      if (!interaction) throw apiError.invalidWebhookToken();
      if (interaction.state !== 'answered') throw apiError.unknownWebhook();
      return interaction;
    },
  };
}

/** What an application may do where only a person brought it. */
const outside = Bits.AttachFiles | Bits.EmbedLinks | Bits.MentionEveryone;

function ownersOf({ owners, source, openedBy, channel }: Interaction): Owners {
  const of = owners ?? openedBy?.owners ?? source?.wire.interaction_metadata?.authorizing_integration_owners;
  return (of as Owners | undefined) ?? { 0: channel.guild ?? '0' };
}

/** Is the application there only because a person brought it? */
export const isBroughtAlong = (interaction: Interaction): boolean => {
  const owners = ownersOf(interaction);
  return owners[0] === undefined && owners[1] !== undefined;
};

/** INTERACTION_CREATE as Discord sends it. */
function payload(world: World, interaction: Interaction): object {
  const { channel, source, user } = interaction;
  const person = personOf(world, user);
  const bot = world.bot.user.id;
  const base = {
    id: interaction.id,
    application_id: bot,
    type: interaction.type,
    data: interaction.data,
    token: interaction.token,
    version: 1,
    channel_id: channel.id,
    channel: resolvedChannelLook(world, channel, channel.recipients.includes(bot) ? bot : user),
    locale: person.locale,
    entitlements: [],
    attachment_size_limit: 10_485_760,
    ...(source && { message: messageLook(world, source, bot) }),
  };
  if (!channel.guild) {
    const isWithBot = channel.recipients.includes(bot);
    return {
      ...base,
      user: person.user,
      app_permissions: (isWithBot ? inChannel(world, channel, bot) : outside).toString(),
      authorizing_integration_owners: ownersOf(interaction),
      context: isWithBot ? InteractionContextType.BotDM : InteractionContextType.PrivateChannel,
    };
  }
  const guild = guildOf(world, channel.guild);
  const member = must(guild.members.get(user), `member ${person.user.username} in ${guild.name}`);
  return {
    ...base,
    member: { ...memberLook(world, member), permissions: inChannel(world, channel, user).toString() },
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: ['COMMUNITY'] },
    guild_locale: guild.locale,
    app_permissions: (guild.members.has(bot) ? inChannel(world, channel, bot) : outside).toString(),
    authorizing_integration_owners: ownersOf(interaction),
    context: InteractionContextType.Guild,
  };
}

/** `interaction_metadata` of the messages that answer an interaction. */
export function metadata(world: World, interaction: Interaction): object {
  const { id, type, user, source, openedBy, target, original } = interaction;
  return {
    id,
    type,
    user: personOf(world, user).user,
    authorizing_integration_owners: ownersOf(interaction),
    ...(original && { original_response_message_id: original.wire.id }),
    ...(type === InteractionType.ApplicationCommand && target && { target_message_id: target }),
    ...(type === InteractionType.MessageComponent && source && { interacted_message_id: source.wire.id }),
    ...(type === InteractionType.ModalSubmit &&
      openedBy && { triggering_interaction_metadata: metadata(world, openedBy) }),
  };
}

/** Where an answer appears: ephemeral ones too belong to a channel. */
export const placeOf = (world: World, interaction: Interaction): Channel => channelOf(world, interaction.channel.id);
