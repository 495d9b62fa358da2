import { ApplicationCommandType, ApplicationIntegrationType, type Guild, InteractionContextType } from 'discord.js';
import { z } from 'zod';
import type { CommandBody, Told } from '#panels/body';
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
  menu: line(80),
  person: line(80),
  only: filled(400, 'commands'),
  nobody: filled(300, 'crisis', 'privacy'),
  version: filled(60, 'version'),
});
type Help = Ctx<z.output<typeof wordsSchema>, 'commands' | 'mention' | 'version'>;
type Asked = {
  locale: string;
  guild: Guild | null;
  memberPermissions: { has(permission: bigint): boolean } | null;
  inGuild(): boolean;
  context: InteractionContextType | null;
};

/** What people look for first; everything else comes after. */
const first = ['reflect', 'explain', 'need', 'draft', 'practice', 'nudges', 'crisis', 'privacy', 'help'];
const placeOf = ({ body }: Told) => {
  const at = first.indexOf(body.name);
  return at < 0 ? first.length : at;
};

/** Can it be used where this was asked? A server that has the bot is one that it knows. */
function isHere({ body: { contexts, integration_types: types } }: Told, { guild, context }: Asked): boolean {
  const here = context ?? InteractionContextType.Guild;
  const needed = here === InteractionContextType.PrivateChannel || (here === InteractionContextType.Guild && !guild);
  return (
    (contexts?.includes(here) ?? true) &&
    (!needed || (types?.includes(ApplicationIntegrationType.UserInstall) ?? false))
  );
}

const nameIn = ({ name, name_localizations: names }: CommandBody, locale: string) =>
  (names as Record<string, string> | undefined)?.[locale] ?? name;

function lineFor({ body, said }: Told, locale: string, mention: Help['mention']): string {
  const isSlash = body.type === ApplicationCommandType.ChatInput;
  return `- ${isSlash ? mention(body.name) : `**${nameIn(body, locale)}**`} ${said(locale).description}`;
}

function view(asked: Asked, { words, commands, mention, version }: Help) {
  const { locale, memberPermissions } = asked;
  const may = ({ body: { default_member_permissions: needed } }: Told) =>
    needed === null || (memberPermissions?.has(BigInt(needed)) ?? false);
  const offered = commands
    .filter(may)
    .sort((a, b) => placeOf(a) - placeOf(b) || a.body.name.localeCompare(b.body.name));
  const here = offered.filter((one) => isHere(one, asked));
  const isOf =
    (type: ApplicationCommandType) =>
    ({ body }: Told) =>
      body.type === type;
  const isSlash = isOf(ApplicationCommandType.ChatInput);
  const moderates = ({ body }: Told) => body.default_member_permissions !== null;
  const listed = (heading: string, some: readonly Told[]) =>
    some.length > 0 && [`**${heading}**`, ...some.map((one) => lineFor(one, locale, mention))].join('\n');
  const elsewhere = offered.filter((one) => isSlash(one) && !here.includes(one));
  const names = elsewhere.map(({ body }) => `/${nameIn(body, locale)}`).join(', ');
  return frame(
    colour.panel,
    `### ${words.heading}\n${words.intro}`,
    listed(
      words.member,
      here.filter((one) => isSlash(one) && !moderates(one)),
    ),
    listed(words.menu, here.filter(isOf(ApplicationCommandType.Message))),
    listed(words.person, here.filter(isOf(ApplicationCommandType.User))),
    listed(
      words.moderators,
      here.filter((one) => isSlash(one) && moderates(one)),
    ),
    names !== '' && words.only({ commands: names }),
    small(words.nobody({ crisis: mention('crisis'), privacy: mention('privacy') })),
    small(words.version({ version })),
  );
}

export default command({
  words: wordsSchema,
  ids: customIds('help', {}),
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses: ['commands', 'mention', 'version'],
  async run(slash, ctx) {
    await slash.reply(whisper(view(slash, ctx)));
  },
  on: {},
});
