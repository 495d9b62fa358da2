import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Spoken } from '#words';

/** What is uploaded of a unit: its names in every language, its options, and where it can be used. */

type Uploaded<B> = Omit<B, 'default_member_permissions'> & { default_member_permissions: number | null };
/** Permissions are a number there: Discord's description of its API takes them so, and gives back text. */
export type CommandBody =
  | Uploaded<RESTPostAPIChatInputApplicationCommandsJSONBody>
  | Uploaded<RESTPostAPIContextMenuApplicationCommandsJSONBody>;

/** A server, the bot's own direct messages, or those between people. */
export type Place = 'server' | 'bot-dm' | 'dm';

export type Named = { name: string; description: string };
/** A unit as Discord was told of it, and what it is for; of menus Discord takes no description. */
export type Told = { body: CommandBody; said(locale: string): Named };
type Said = Named & { name_localizations?: Record<string, string>; description_localizations?: Record<string, string> };
/** Takes the same words from every language, as Discord's registration wants them. */
export type Say<W> = (pick: (words: W) => Named) => Said;

/** Discord's locales that the languages cover: "pt" speaks in "pt-BR", which is the only Portuguese that Discord takes. */
const localesOf = (languages: readonly string[]): Locale[] =>
  Object.values(Locale).filter((locale) => {
    const language = locale.split('-')[0] ?? '';
    return languages.includes(locale) || (language !== 'en' && languages.includes(language));
  });

export function sayIn<W>(words: Spoken<W>): Say<W> {
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

export type Offered = {
  contexts: readonly Place[];
  installs?: readonly ('server' | 'user')[];
  permissions?: bigint;
};

const contextTypes = {
  server: InteractionContextType.Guild,
  'bot-dm': InteractionContextType.BotDM,
  dm: InteractionContextType.PrivateChannel,
} as const;
const installTypes = {
  server: ApplicationIntegrationType.GuildInstall,
  user: ApplicationIntegrationType.UserInstall,
} as const;

const offered = ({ contexts, installs = ['server'], permissions }: Offered) => ({
  default_member_permissions: permissions === undefined ? null : Number(permissions),
  integration_types: installs.map((who) => installTypes[who]),
  contexts: contexts.map((place) => contextTypes[place]),
});

type Sub = Said & { options: APIApplicationCommandBasicOption[] };

/** @param options the options of the command, or its subcommands: those have options of their own. */
export const slashBody = (
  said: Said,
  options: readonly APIApplicationCommandBasicOption[] | readonly Sub[],
  spec: Offered,
): CommandBody => ({
  type: ApplicationCommandType.ChatInput,
  ...said,
  options: options.map((one) =>
    'type' in one ? one : { type: ApplicationCommandOptionType.Subcommand as const, ...one },
  ) as APIApplicationCommandBasicOption[],
  ...offered(spec),
});

export function menuBody(type: 'message' | 'user', words: Spoken<Named>, spec: Offered): CommandBody {
  const { description: _, description_localizations: __, ...said } = sayIn(words)((all) => all);
  return {
    type: type === 'message' ? ApplicationCommandType.Message : ApplicationCommandType.User,
    ...said,
    ...offered(spec),
  };
}
