/** What a person does with the application: commands, menus, buttons, selects, forms. */
import {
  type APIApplicationCommandOptionChoice,
  type APIMessage,
  ApplicationCommandType,
  ButtonStyle,
  InteractionType,
} from 'discord-api-types/v10';
import { commandNamed, fill, mayUse, ownersOf, type Value } from '#actors/commands';
import { buttonNamed, channelNamed, type Place, type Pointed, selectNamed, storedMessage } from '#actors/find';
import { type Fields, fillModal } from '#actors/modal';
import { createResolver, selected } from '#actors/resolve';
import { waitFor } from '#actors/waiting';
import type { Json } from '#checks/read';
import type { Act, Interaction, Interactions, Modal, Outcome } from '#interactions/interactions';
import { messageLook } from '#world/look';
import { canSee } from '#world/permissions';
import { channelOf, type Message, type World } from '#world/world';

/** A message that a person sees. */
export type Seen = APIMessage & { ephemeral: boolean; modal?: undefined; failed?: undefined; gone?: undefined };
/** A form that opened. */
export type Opened = { modal: Modal; failed?: undefined; gone?: undefined };
/** What the client says when the application did not answer. */
export type Failed = { failed: string; modal?: undefined; gone?: undefined };
/** The answer was deleted again. */
export type Gone = { gone: true; modal?: undefined; failed?: undefined };
export type Answer = Seen | Opened | Failed | Gone;

export type Where = {
  /** Where it is done; the first text channel that the person sees unless told. */
  in?: Place;
  /** Real milliseconds to wait for something to see. */
  within?: number;
};

export type Uses = {
  /** `/name`, `/name sub` or `/name group sub`, with options by name. */
  runs(command: string, options?: Record<string, Value>, where?: Where): Promise<Answer>;
  /** Types into the last of these options and gets its choices. */
  completes(
    command: string,
    options: Record<string, Value>,
    where?: Where & { focused?: string },
  ): Promise<APIApplicationCommandOptionChoice[] & { failed?: string }>;
  usesMenu(message: Pointed, command: string, where?: Where): Promise<Answer>;
  /** Opens the apps menu of a person. */
  usesMenuOn(person: string, command: string, where?: Where): Promise<Answer>;
  /** By the button's custom id or the beginning of it (`setup:mode:on`), or by what is written on it. */
  presses(shown: Pointed | Answer, button: string, where?: Where): Promise<Answer>;
  /** The select likewise; choices by value or label, channels, people and roles by name. */
  selects(shown: Pointed | Answer, select: string, values: readonly string[], where?: Where): Promise<Answer>;
  /** Fills in a form that opened, by custom id (or the beginning of it) or label, and sends it. */
  submits(opened: Answer, fields: Fields, where?: Where): Promise<Answer>;
  /** Sends a press, or a form, that no client would send: Discord's own word for it, with whatever `data`. */
  forges(data: object, where?: Where & { on?: Pointed | Answer; as?: InteractionType }): Promise<Answer>;
  /** Adds the application for oneself: it comes along into every server and every direct message. */
  addsApp(): void;
  removesApp(): void;
  /** The names of the commands that the picker shows, slash commands with their slash. */
  commands(place?: Place): string[];
};

/** Which interaction opened a form, for the one who sends it. */
const openers = new WeakMap<Modal, Interaction>();

export function createUses(world: World, interactions: Interactions, user: string, home: () => Place): Uses {
  const placeIn = (where: Where | undefined) => channelNamed(world, user, where?.in ?? home());

  const see = (interaction: Interaction, outcome: Outcome): Answer => {
    if ('shown' in outcome) return seen(world, outcome.shown, user);
    if ('modal' in outcome) {
      openers.set(outcome.modal, interaction);
      return { modal: outcome.modal };
    }
    if ('failed' in outcome) return { failed: outcome.failed };
    return { gone: true };
  };

  const acts = (what: string, act: Act, where: Where | undefined): Promise<Answer> =>
    waitFor(
      `an answer to ${what}`,
      (done) => {
        const interaction = interactions.begin(act);
        const listener = (outcome: Outcome) => done(see(interaction, outcome));
        interaction.listeners.add(listener);
        return () => interaction.listeners.delete(listener);
      },
      where?.within,
    );

  const pointedAt = (shown: Pointed | Answer): Message => {
    if (!('id' in shown)) throw new Error(`That is no message to press on: ${JSON.stringify(shown)}`);
    const message = storedMessage(world, shown);
    if (!canSee(world, channelOf(world, message.wire.channel_id), message.onlyFor, user))
      throw new Error('This person cannot see that message.');
    return message;
  };

  const component = (message: Message, made: Json, what: string, where: Where | undefined) =>
    acts(
      what,
      {
        type: InteractionType.MessageComponent,
        user,
        channel: channelOf(world, message.wire.channel_id),
        source: message,
        data: made,
      },
      where,
    );

  return {
    async runs(text, options = {}, where) {
      const [name = '', ...path] = text.replace(/^\//, '').split(' ');
      const channel = placeIn(where);
      const command = commandNamed(world, user, channel, name, ApplicationCommandType.ChatInput);
      const resolver = createResolver(world, user, channel);
      const filled = fill(command, path, { resolver, values: options });
      const data = {
        id: command.id,
        name,
        type: command.type,
        ...(filled.length > 0 && { options: filled }),
        ...(command.guild_id && { guild_id: command.guild_id }),
        ...(resolver.resolved && { resolved: resolver.resolved }),
      };
      const owners = ownersOf(world, command, user, channel);
      return acts(text, { type: InteractionType.ApplicationCommand, user, channel, name, data, owners }, where);
    },
    async completes(text, options, where) {
      const [name = '', ...path] = text.replace(/^\//, '').split(' ');
      const channel = placeIn(where);
      const command = commandNamed(world, user, channel, name, ApplicationCommandType.ChatInput);
      const resolver = createResolver(world, user, channel);
      const focused = where?.focused ?? Object.keys(options).at(-1) ?? '';
      const data = {
        id: command.id,
        name,
        type: command.type,
        options: fill(command, path, { resolver, values: options, focused }),
      };
      const owners = ownersOf(world, command, user, channel);
      const act = { type: InteractionType.ApplicationCommandAutocomplete, user, channel, name, data, owners };
      return waitFor(
        `choices of ${text}`,
        (done) => {
          const interaction = interactions.begin(act);
          const listener = (outcome: Outcome) => {
            if ('choices' in outcome) done(outcome.choices);
            if ('failed' in outcome) done(Object.assign([], { failed: outcome.failed }));
          };
          interaction.listeners.add(listener);
          return () => interaction.listeners.delete(listener);
        },
        where?.within,
      );
    },
    async usesMenu(pointed, name, where) {
      const message = pointedAt(pointed);
      const { id } = message.wire;
      const channel = channelOf(world, message.wire.channel_id);
      const command = commandNamed(world, user, channel, name, ApplicationCommandType.Message);
      const look = messageLook(world, message, user);
      const data = { id: command.id, name, type: command.type, target_id: id, resolved: { messages: { [id]: look } } };
      const owners = ownersOf(world, command, user, channel);
      const act = { type: InteractionType.ApplicationCommand, user, channel, name, target: id, data, owners };
      return acts(name, act, where);
    },
    async usesMenuOn(person, name, where) {
      const channel = placeIn(where);
      const command = commandNamed(world, user, channel, name, ApplicationCommandType.User);
      const resolver = createResolver(world, user, channel);
      const target_id = resolver.user(person);
      const data = { id: command.id, name, type: command.type, target_id, resolved: resolver.resolved };
      const owners = ownersOf(world, command, user, channel);
      return acts(name, { type: InteractionType.ApplicationCommand, user, channel, name, data, owners }, where);
    },
    async presses(shown, name, where) {
      const message = pointedAt(shown);
      const button = buttonNamed(message.wire.components, name);
      if (button.disabled === true) throw new Error(`The button "${name}" is disabled.`);
      if (button.style === ButtonStyle.Link) throw new Error(`The button "${name}" is a link to ${button.url}.`);
      const data = { id: button.id, custom_id: button.custom_id, component_type: button.type };
      return component(message, data, `the button "${name}"`, where);
    },
    async selects(shown, name, values, where) {
      const message = pointedAt(shown);
      const select = selectNamed(message.wire.components, name);
      if (select.disabled === true) throw new Error(`The select "${name}" is disabled.`);
      const resolver = createResolver(world, user, channelOf(world, message.wire.channel_id));
      const data = {
        id: select.id,
        custom_id: select.custom_id,
        component_type: select.type,
        values: selected(resolver, select, values),
        ...(resolver.resolved && { resolved: resolver.resolved }),
      };
      return component(message, data, `the select "${name}"`, where);
    },
    async submits(opened, fields, where) {
      const { modal } = opened;
      const opener = modal && openers.get(modal);
      if (!opener) throw new Error(`That is no form to send: ${JSON.stringify(opened)}`);
      const resolver = createResolver(world, user, opener.channel);
      const components = fillModal(modal as unknown as Json, fields, resolver);
      const data = {
        custom_id: modal.custom_id,
        components,
        ...(resolver.resolved && { resolved: resolver.resolved }),
      };
      const { channel, source } = opener;
      const act: Act = {
        type: InteractionType.ModalSubmit,
        user,
        channel,
        data,
        openedBy: opener,
        ...(source && { source }),
      };
      return acts(`the form "${modal.title}"`, act, where);
    },
    async forges(data, { on, as: type = InteractionType.MessageComponent, ...where } = {}) {
      const source = on && pointedAt(on);
      const channel = source ? channelOf(world, source.wire.channel_id) : placeIn(where);
      return acts('what was forged', { type, user, channel, data, ...(source && { source }) }, where);
    },
    addsApp: () => void world.addedBy.add(user),
    removesApp: () => void world.addedBy.delete(user),
    commands(place) {
      const channel = channelNamed(world, user, place ?? home());
      return [...world.commands.values()]
        .filter((command) => mayUse(world, command, user, channel))
        .map((command) => (command.type === ApplicationCommandType.ChatInput ? `/${command.name}` : command.name));
    },
  };
}

/** A message as this person sees it. */
export function seen(world: World, message: Message, viewer: string): Seen {
  return { ...messageLook(world, message, viewer), ephemeral: message.onlyFor !== undefined };
}
