import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChannelSelectMenuInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  Locale,
  type ModalSubmitInteraction,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { z } from 'zod';
import type { Actions, CustomIds, StateOf, Way } from '#panels/custom-ids';
import type { App } from '#panels/services';
import { line, loadFile, type Spoken } from '#words';

/** What a handler is given: the app, and the words of its owner in the language of the person and of the place. */
export type Ctx<W> = App & { words: W; guildWords: W };

type Coming = {
  button: ButtonInteraction;
  choice: StringSelectMenuInteraction;
  channels: ChannelSelectMenuInteraction;
  modal: ModalSubmitInteraction;
};
export type Press = Coming[Way];

type Handlers<A extends Actions, W> = {
  [Name in keyof A]: (interaction: Coming[A[Name]['way']], state: StateOf<A[Name]>, ctx: Ctx<W>) => Promise<unknown>;
};

/** Something whose buttons people press: a command, or a message that the bot sends by itself. */
export type Owner = {
  id: string;
  custom: Pick<CustomIds<Actions>, 'actions' | 'parse'>;
  press(interaction: Press, action: string, state: unknown, app: App): Promise<unknown>;
};

/** What is uploaded. Permissions are a number there: Discord's description of its API takes them so, and gives back text. */
export type CommandBody = Omit<RESTPostAPIChatInputApplicationCommandsJSONBody, 'default_member_permissions'> & {
  default_member_permissions: number | null;
};

export type SlashCommand = Owner & {
  body: CommandBody;
  run(interaction: ChatInputCommandInteraction, app: App): Promise<unknown>;
  complete?(interaction: AutocompleteInteraction, app: App): Promise<unknown>;
};

/** A name and a description in every language, as Discord's registration wants them. */
type Named = { name: string; description: string };
type Said = Named & { name_localizations?: Record<string, string>; description_localizations?: Record<string, string> };
/** Takes the same words from every language. */
export type Say<W> = (pick: (words: W) => Named) => Said;

/** A name of a command or of an option: Discord's rule for every language. */
export const commandName = z
  .string()
  .regex(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u, 'letters, digits, hyphens, at most 32')
  .refine((name) => name === name.toLowerCase(), 'must be lower case');

/** The words that each command starts with: `name` and `description`. */
export const named = { name: commandName, description: line(100) };

/** The words of an option. */
export const optionWords = z.strictObject(named);

type OwnerSpec<W extends z.ZodType, A extends Actions> = {
  words: W;
  ids: CustomIds<A>;
  on: Handlers<A, z.output<W>>;
};

type SlashSpec<W extends z.ZodType<Named>, A extends Actions> = OwnerSpec<W, A> & {
  type: 'slash';
  /** Where it can be used: in servers, or also in the bot's direct messages. */
  where: 'servers' | 'everywhere';
  /** Who sees it until a server's admins decide otherwise; absent: everybody. */
  permissions?: bigint;
  options?: (say: Say<z.output<W>>) => APIApplicationCommandBasicOption[];
  run: (interaction: ChatInputCommandInteraction, ctx: Ctx<z.output<W>>) => Promise<unknown>;
  complete?: (interaction: AutocompleteInteraction, ctx: Ctx<z.output<W>>) => Promise<unknown>;
};

/** What a file of commands/ exports: it becomes a command when its words are read from `data`. */
export type CommandFile = { id: string; load(data: string): SlashCommand };

/** A slash command: one file of commands/, its words in data/<language>/commands/<id>.yaml. */
export function command<W extends z.ZodType<Named>, A extends Actions>(spec: SlashSpec<W, A>): CommandFile {
  const id = spec.ids.owner;
  return {
    id,
    load(data) {
      const words = loadFile(data, `commands/${id}.yaml`, spec.words) as Spoken<z.output<W>>;
      const say = sayIn(words);
      const { complete } = spec;
      return {
        ...makeOwner(spec, words),
        body: {
          type: ApplicationCommandType.ChatInput,
          ...say((all) => all),
          options: spec.options?.(say) ?? [],
          default_member_permissions: spec.permissions === undefined ? null : Number(spec.permissions),
          integration_types: [ApplicationIntegrationType.GuildInstall],
          contexts:
            spec.where === 'servers'
              ? [InteractionContextType.Guild]
              : [InteractionContextType.Guild, InteractionContextType.BotDM],
        },
        run: (interaction, app) => spec.run(interaction, ctxFor(interaction, app, words)),
        ...(complete && { complete: (interaction, app) => complete(interaction, ctxFor(interaction, app, words)) }),
      };
    },
  };
}

/** The owner of buttons outside a command; its words are handed in. */
export function makeOwner<W extends z.ZodType, A extends Actions>(
  spec: OwnerSpec<W, A>,
  words: Spoken<z.output<W>>,
): Owner {
  return {
    id: spec.ids.owner,
    custom: spec.ids,
    press(interaction, action, state, app) {
      const handle = spec.on[action] as (interaction: Press, state: unknown, ctx: Ctx<z.output<W>>) => Promise<unknown>;
      return handle(interaction, state, ctxFor(interaction, app, words));
    },
  };
}

function ctxFor<W>(interaction: { locale: string; guildLocale: string | null }, app: App, words: Spoken<W>): Ctx<W> {
  return { ...app, words: words(interaction.locale), guildWords: words(interaction.guildLocale ?? interaction.locale) };
}

/** Discord's locales that the languages cover: "pt" speaks in "pt-BR", which is the only Portuguese that Discord takes. */
const localesOf = (languages: readonly string[]): Locale[] =>
  Object.values(Locale).filter((locale) => {
    const language = locale.split('-')[0] ?? '';
    return languages.includes(locale) || (language !== 'en' && languages.includes(language));
  });

function sayIn<W>(words: Spoken<W>): Say<W> {
  return (pick) => {
    const { name, description } = pick(words());
    const others = localesOf(words.languages).map((locale) => [locale, pick(words(locale))] as const);
    const said: Said = { name, description };
    if (others.length > 0) {
      said.name_localizations = Object.fromEntries(others.map(([locale, own]) => [locale, own.name]));
      said.description_localizations = Object.fromEntries(others.map(([locale, own]) => [locale, own.description]));
    }
    return said;
  };
}
