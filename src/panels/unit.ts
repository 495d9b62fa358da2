import type {
  APIApplicationCommandBasicOption,
  AutocompleteInteraction,
  ButtonInteraction,
  CacheType,
  ChannelSelectMenuInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RoleSelectMenuInteraction,
  StringSelectMenuInteraction,
  UserContextMenuCommandInteraction,
  UserSelectMenuInteraction,
} from 'discord.js';
import { z } from 'zod';
import {
  type CommandBody,
  menuBody,
  type Named,
  type Place,
  type Say,
  sayIn,
  slashBody,
  type Told,
} from '#panels/body';
import type { Actions, CustomIds, StateOf, Way } from '#panels/custom-ids';
import type { Service, Services } from '#panels/services';
import { line, loadFile, type Spoken } from '#words';

/**
 * A unit is what people use: a slash command, or an entry in the menu of a message or of a person. It owns its words and
 * its buttons, selects and modals, and is one file of commands/.
 */

/** Where it is used: in a server everything that comes has a guild. */
type Guild<C extends Place> = [C] extends ['server'] ? 'cached' | 'raw' : CacheType;

type Coming<G extends CacheType> = {
  button: ButtonInteraction<G>;
  choice: StringSelectMenuInteraction<G>;
  channels: ChannelSelectMenuInteraction<G>;
  roles: RoleSelectMenuInteraction<G>;
  users: UserSelectMenuInteraction<G>;
  modal: ModalSubmitInteraction<G>;
};
export type Press = Coming<CacheType>[Way];

type Started = {
  slash: ChatInputCommandInteraction;
  message: MessageContextMenuCommandInteraction;
  user: UserContextMenuCommandInteraction;
};
export type UnitType = keyof Started;

/** What a handler is given: the services that its unit uses, and the unit's words in the language of person and place. */
export type Ctx<W, U extends Service = never> = Pick<Services, U> & { words: W; guildWords: W };

export type Handlers<A extends Actions, G extends CacheType, C> = {
  [Name in keyof A]: (interaction: Coming<G>[A[Name]['way']], state: StateOf<A[Name]>, ctx: C) => Promise<unknown>;
};

/** Something whose buttons people press: a unit, a part of one, or a message that the bot sends by itself. */
export type Owner = {
  id: string;
  custom: Pick<CustomIds<Actions>, 'actions' | 'parse'>;
  /** Its interactions carry a guild; others are answered by the router. */
  inServersOnly: boolean;
  press(interaction: Press, action: string, state: unknown, services: Services): Promise<unknown>;
};

export type Unit = Told & {
  id: string;
  type: UnitType;
  inServersOnly: boolean;
  owners: readonly Owner[];
  start(interaction: Started[UnitType], services: Services): Promise<unknown>;
  complete?(interaction: AutocompleteInteraction, services: Services): Promise<unknown>;
};

/** What a file of commands/ exports: it becomes a unit when its words are read from `data`. */
export type UnitFile = { id: string; load(data: string): Unit };

/** A name of a command or of an option: Discord's rule for every language. */
export const commandName = z
  .string()
  .regex(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u, 'letters, digits, hyphens, at most 32')
  .refine((name) => name === name.toLowerCase(), 'must be lower case');

/** The words that each slash command starts with: `name` and `description`. */
export const named = { name: commandName, description: line(100) };
/** The words of an option or a subcommand. */
export const optionWords = z.strictObject(named);
/** The words that each menu's entry starts with. Its description is said in /help; Discord shows none in menus. */
export const menuNamed = { name: line(32), description: line(100) };

export type OwnerSpec<W extends z.ZodType, A extends Actions, U extends Service, C extends Place, More = unknown> = {
  words: W;
  ids: CustomIds<A>;
  /** The services that it is handed. */
  uses: readonly U[];
  contexts: readonly C[];
  on: Handlers<A, Guild<C>, Ctx<z.output<W>, U> & More>;
};

type UnitSpec<W extends z.ZodType, A extends Actions, U extends Service, C extends Place> = OwnerSpec<W, A, U, C> & {
  /** Who can add it: servers, or also people for themselves. */
  installs?: readonly ('server' | 'user')[];
  /** Who sees it until a server's admins decide otherwise; absent: everybody. */
  permissions?: bigint;
  /** Owners of further buttons under the same id, such as the sections of a panel. */
  parts?: (data: string) => readonly Owner[];
};

type Run<T extends UnitType, W, U extends Service, C extends Place> = (
  interaction: T extends 'slash'
    ? ChatInputCommandInteraction<Guild<C>>
    : T extends 'message'
      ? MessageContextMenuCommandInteraction<Guild<C>>
      : UserContextMenuCommandInteraction<Guild<C>>,
  ctx: Ctx<W, U>,
) => Promise<unknown>;
type Complete<W, U extends Service> = (interaction: AutocompleteInteraction, ctx: Ctx<W, U>) => Promise<unknown>;
type Options<W> = (say: Say<W>) => APIApplicationCommandBasicOption[];

/** One of several things that a slash command does, e.g. `/prompts add`. */
type Subcommand<W, U extends Service, C extends Place> = {
  said: (words: W) => Named;
  options?: Options<W>;
  run: Run<'slash', W, U, C>;
  complete?: Complete<W, U>;
};
type Doing<W, U extends Service, C extends Place> =
  | { options?: Options<W>; run: Run<'slash', W, U, C>; complete?: Complete<W, U>; subcommands?: never }
  | { subcommands: Readonly<Record<string, Subcommand<W, U, C>>>; run?: never; options?: never; complete?: never };

/** A slash command: one file of commands/, its words in data/<language>/commands/<id>.yaml. */
export function command<W extends z.ZodType<Named>, A extends Actions, const U extends Service, const C extends Place>(
  spec: UnitSpec<W, A, U, C> & Doing<z.output<W>, U, C>,
): UnitFile {
  return unitFile('slash', spec, (words) => {
    const say = sayIn(words);
    const { subcommands, run, complete, options } = spec;
    if (!subcommands)
      return {
        body: slashBody(
          say((all) => all),
          options?.(say) ?? [],
          spec,
        ),
        run,
        ...(complete && { complete }),
      };
    // Discord sends the name that was registered, which is the English one.
    const byName = new Map(Object.values(subcommands).map((one) => [one.said(words()).name, one]));
    const asked = ({ options }: ChatInputCommandInteraction | AutocompleteInteraction) =>
      byName.get(options.getSubcommand());
    return {
      body: slashBody(
        say((all) => all),
        Object.values(subcommands).map(({ said, options }) => ({ ...say(said), options: options?.(say) ?? [] })),
        spec,
      ),
      run: async (interaction, ctx) => asked(interaction)?.run(interaction, ctx),
      complete: async (interaction, ctx) => asked(interaction)?.complete?.(interaction, ctx),
    };
  });
}

const menu =
  <T extends 'message' | 'user'>(type: T) =>
  <W extends z.ZodType<Named>, A extends Actions, const U extends Service, const C extends Place>(
    spec: UnitSpec<W, A, U, C> & { run: Run<T, z.output<W>, U, C> },
  ): UnitFile =>
    unitFile(type, spec, (words) => ({ body: menuBody(type, words, spec), run: spec.run }));

/** An entry in the menu of a message. Discord hands its text along, whatever the bot may read otherwise. */
export const messageMenu = menu('message');
/** An entry in the menu of a person. */
export const userMenu = menu('user');

type Made<T extends UnitType, W, U extends Service, C extends Place> = {
  body: CommandBody;
  run: Run<T, W, U, C>;
  complete?: Complete<W, U>;
};

function unitFile<
  T extends UnitType,
  W extends z.ZodType<Named>,
  A extends Actions,
  U extends Service,
  C extends Place,
>(type: T, spec: UnitSpec<W, A, U, C>, make: (words: Spoken<z.output<W>>) => Made<T, z.output<W>, U, C>): UnitFile {
  const { owner: id } = spec.ids;
  return {
    id,
    load(data) {
      const words = loadFile(data, `commands/${id}.yaml`, spec.words) as Spoken<z.output<W>>;
      const { body, run, complete } = make(words);
      const owner = makeOwner(spec, words);
      return {
        id,
        type,
        body,
        said: (locale) => words(locale),
        inServersOnly: owner.inServersOnly,
        owners: [owner, ...(spec.parts?.(data) ?? [])],
        start: (interaction, services) =>
          run(interaction as Parameters<typeof run>[0], handed(interaction, spec.uses, words, services)),
        ...(complete && {
          complete: (interaction, services) => complete(interaction, handed(interaction, spec.uses, words, services)),
        }),
      };
    },
  };
}

/** The owner of buttons outside a unit's own file; its words are handed in, and `more` joins what its handlers get. */
export function makeOwner<W extends z.ZodType, A extends Actions, U extends Service, C extends Place, More = unknown>(
  { ids, on, uses, contexts }: OwnerSpec<W, A, U, C, More>,
  words: Spoken<z.output<W>>,
  more?: (services: Services) => More,
): Owner {
  return {
    id: ids.owner,
    custom: ids,
    inServersOnly: contexts.every((place) => place === 'server'),
    press(interaction, action, state, services) {
      type Handle = (interaction: Press, state: unknown, ctx: Ctx<z.output<W>, U> & More) => Promise<unknown>;
      const ctx = { ...handed(interaction, uses, words, services), ...(more?.(services) as More) };
      return (on[action] as unknown as Handle)(interaction, state, ctx);
    },
  };
}

/** What a handler is given when this was done. */
export function handed<W, U extends Service>(
  { locale, guildLocale }: { locale: string; guildLocale: string | null },
  uses: readonly U[],
  words: Spoken<W>,
  services: Services,
): Ctx<W, U> {
  const used = Object.fromEntries(uses.map((name) => [name, services[name]])) as Pick<Services, U>;
  return { ...used, words: words(locale), guildWords: words(guildLocale ?? locale) };
}
