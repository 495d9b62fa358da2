import { ApplicationCommandType, ApplicationIntegrationType, type Guild, InteractionContextType } from 'discord.js';
import { z } from 'zod';
import type { CommandBody } from '#panels/body';
import { customIds } from '#panels/custom-ids';
import { colour, frame, small, whisper } from '#panels/ui';
import { type Ctx, command, named } from '#panels/unit';
import { filled, line } from '#words';

/** /help: everything that there is, as Discord was told of it, so that a new command is in it by itself. */

const wordsSchema = z.strictObject({
  ...named,
  heading: line(100),
  intro: line(300),
  member: line(80),
  moderators: line(80),
  menu: filled(400, 'names'),
  person: filled(400, 'names'),
  only: filled(400, 'commands'),
  nobody: filled(300, 'crisis', 'privacy'),
});
type Help = Ctx<z.output<typeof wordsSchema>, 'commands' | 'mention'>;
type Asked = {
  locale: string;
  guild: Guild | null;
  memberPermissions: { has(permission: bigint): boolean } | null;
  inGuild(): boolean;
  context: InteractionContextType | null;
};

/** What people look for first; everything else comes after. */
const first = ['reflect', 'explain', 'need', 'draft', 'practice', 'nudges', 'crisis', 'privacy', 'help'];
const placeOf = ({ name }: CommandBody) => {
  const at = first.indexOf(name);
  return at < 0 ? first.length : at;
};

/** Can it be used where this was asked? A server that has the bot is one that it knows. */
function isHere({ contexts, integration_types: types }: CommandBody, { guild, context }: Asked): boolean {
  const here = context ?? InteractionContextType.Guild;
  const needed = here === InteractionContextType.PrivateChannel || (here === InteractionContextType.Guild && !guild);
  return (
    (contexts?.includes(here) ?? true) &&
    (!needed || (types?.includes(ApplicationIntegrationType.UserInstall) ?? false))
  );
}

const nameIn = ({ name, name_localizations: names }: CommandBody, locale: string) =>
  (names as Record<string, string> | undefined)?.[locale] ?? name;

function lineFor(body: CommandBody, locale: string, mention: Help['mention']): string {
  if (!('description' in body)) return `- ${mention(body.name)}`;
  const { description, description_localizations: said } = body;
  return `- ${mention(body.name)} ${(said as Record<string, string> | undefined)?.[locale] ?? description}`;
}

function view(asked: Asked, { words, commands, mention }: Help) {
  const { locale, memberPermissions } = asked;
  const may = ({ default_member_permissions: needed }: CommandBody) =>
    needed === null || (memberPermissions?.has(BigInt(needed)) ?? false);
  const offered = commands.filter(may).sort((a, b) => placeOf(a) - placeOf(b) || a.name.localeCompare(b.name));
  const of = (type: ApplicationCommandType) => offered.filter((body) => body.type === type);
  const slash = of(ApplicationCommandType.ChatInput);
  const here = slash.filter((body) => isHere(body, asked));
  const [moderating, own] = [true, false].map((moderates) =>
    here.filter((body) => (body.default_member_permissions !== null) === moderates),
  ) as [CommandBody[], CommandBody[]];
  const listed = (heading: string, bodies: readonly CommandBody[]) =>
    bodies.length > 0 && [`**${heading}**`, ...bodies.map((body) => lineFor(body, locale, mention))].join('\n');
  const menus = (type: ApplicationCommandType, say: Help['words']['menu']) => {
    const names = of(type).filter((body) => isHere(body, asked));
    const list = new Intl.ListFormat(locale, { type: 'unit' });
    return names.length > 0 && say({ names: list.format(names.map((body) => `**${nameIn(body, locale)}**`)) });
  };
  const elsewhere = slash.filter((body) => !here.includes(body)).map((body) => `/${nameIn(body, locale)}`);
  return frame(
    colour.panel,
    `### ${words.heading}\n${words.intro}`,
    listed(words.member, own),
    menus(ApplicationCommandType.Message, words.menu),
    menus(ApplicationCommandType.User, words.person),
    listed(words.moderators, moderating),
    elsewhere.length > 0 && words.only({ commands: elsewhere.join(', ') }),
    small(words.nobody({ crisis: mention('crisis'), privacy: mention('privacy') })),
  );
}

export default command({
  words: wordsSchema,
  ids: customIds('help', {}),
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses: ['commands', 'mention'],
  async run(slash, ctx) {
    await slash.reply(whisper(view(slash, ctx)));
  },
  on: {},
});
