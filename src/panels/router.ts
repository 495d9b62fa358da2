import { randomBytes } from 'node:crypto';
import {
  ApplicationCommandType,
  type AutocompleteInteraction,
  type BaseInteraction,
  type CommandInteraction,
  DiscordAPIError,
  type Interaction,
  InteractionContextType,
  type RepliableInteraction,
} from 'discord.js';
import { z } from 'zod';
import { DataError } from '#data';
import type { Log } from '#log';
import type { Way } from '#panels/custom-ids';
import { OldPanel, Refusal } from '#panels/refusal';
import type { Services } from '#panels/services';
import { colour, frame, message, whisper } from '#panels/ui';
import type { Owner, Press, Unit, UnitType } from '#panels/unit';
import { filled, line, type Spoken } from '#words';

/** data/<language>/common.yaml: what can be said by any unit. */
export const commonWords = z.strictObject({
  old: filled(300, 'command'),
  oldInServer: filled(300, 'command'),
  unknown: line(300),
  inServers: line(300),
  broken: filled(300, 'code'),
});
export type CommonWords = z.output<typeof commonWords>;

/** How one interaction went: which unit it belonged to (its file's name, `note`, or `unknown`), how it ended, and how long it took. */
export type Answered = { unit: string; end: 'answered' | 'refused' | 'failed'; ms: number };

const types = new Map<ApplicationCommandType, UnitType>([
  [ApplicationCommandType.ChatInput, 'slash'],
  [ApplicationCommandType.Message, 'message'],
  [ApplicationCommandType.User, 'user'],
]);

type RouterOptions = {
  services: Services;
  common: Spoken<CommonWords>;
  log: Log;
  onAnswered?: (answered: Answered) => void;
};

/**
 * Sends each interaction to the unit that owns it. Never throws: this is the error boundary.
 * @param others owners of buttons outside any unit, such as the note's.
 * @throws DataError at once, when two units have one type and name, or two parts of one an action of one name.
 */
export function createRouter(
  units: readonly Unit[],
  others: readonly Owner[],
  { services, common, log, onAnswered }: RouterOptions,
) {
  const byName = new Map<string, Unit>();
  for (const unit of units) {
    const key = keyOf(unit.type, unit.body.name);
    const other = byName.get(key);
    if (other)
      throw new DataError(
        `data/en/commands/${unit.id}.yaml, name: "${unit.body.name}" is the name in ${other.id}.yaml already`,
      );
    byName.set(key, unit);
  }
  const owners = Map.groupBy([...units.flatMap((unit) => unit.owners), ...others], ({ id }) => id);
  for (const [id, own] of owners) requireOwnActions(id, own);
  /** The permissions that Discord asks for before it opens a unit, unless an admin decides otherwise. */
  const needed = new Map(units.map(({ id, body }) => [id, body.default_member_permissions]));
  const panels = new Map(units.filter(({ type }) => type === 'slash').map((unit) => [unit.id, unit]));

  /** What Discord registered under this type and name. */
  const unitFor = (interaction: CommandInteraction | AutocompleteInteraction): Unit | undefined =>
    byName.get(keyOf(types.get(interaction.commandType), interaction.commandName));

  const press = (interaction: Press): Promise<unknown> => {
    const way = wayOf(interaction);
    for (const owner of owners.get(ownerOf(interaction)) ?? []) {
      const parsed = owner.custom.parse(customIdOf(interaction));
      if (!parsed || owner.custom.actions[parsed.action]?.way !== way) continue;
      requirePlace(owner, interaction);
      // A custom id proves nothing: Discord has to say that this member may, or that it opened the panel to them.
      const permissions = needed.get(owner.id) ?? null;
      if (permissions !== null && !has(interaction, permissions) && !hasOpened(interaction)) throw new OldPanel();
      return owner.press(interaction, parsed.action, parsed.state, services);
    }
    throw new OldPanel();
  };

  const requirePlace = (owner: Placed, interaction: BaseInteraction): void => {
    if (isElsewhere(owner, interaction)) throw new Refusal(common(interaction.locale).inServers);
  };

  const route = async (interaction: Interaction): Promise<unknown> => {
    if (interaction.isAutocomplete()) {
      const unit = unitFor(interaction);
      if (!unit?.complete || isElsewhere(unit, interaction)) return interaction.respond([]);
      return unit.complete(interaction, services);
    }
    if (interaction.isMessageComponent() || interaction.isModalSubmit()) return press(interaction as Press);
    if (!interaction.isCommand()) return undefined;
    const unit = unitFor(interaction);
    if (!unit) return answer(interaction, common(interaction.locale).unknown);
    requirePlace(unit, interaction);
    return unit.start(interaction as Parameters<Unit['start']>[0], services);
  };

  /** What is said to somebody whose interaction came to nothing. */
  const excuse = (error: unknown, interaction: RepliableInteraction, code: string): string => {
    if (error instanceof Refusal) return error.words;
    const words = common(interaction.locale);
    if (!(error instanceof OldPanel)) return words.broken({ code });
    // Notes are sent, not opened: the panel about them is the members' own.
    const panel = panels.get(ownerOf(interaction)) ?? panels.get('nudges');
    const isHere = interaction.inGuild() || panel?.body.contexts?.includes(InteractionContextType.BotDM);
    return (isHere ? words.old : words.oldInServer)({ command: services.mention(panel?.id ?? 'nudges') });
  };

  /** Tells the person that it failed, as gently as it can be told. */
  const say = async (interaction: Interaction, error: unknown): Promise<void> => {
    // 10062 and 40060: too late, or answered already; the person has seen it, and nothing more can be said.
    const late = error instanceof DiscordAPIError && (error.code === 10062 || error.code === 40060);
    const code = codeOfFault();
    if (isFault(error)) log.error({ err: error, interaction: described(interaction), code }, 'an interaction failed');
    if (late || !interaction.isRepliable()) return;
    await answer(interaction, excuse(error, interaction, code));
  };

  /** Only names that are in the code: what comes from outside could be anything. */
  const nameOf = (interaction: Interaction): string => {
    if (interaction.isCommand() || interaction.isAutocomplete()) return unitFor(interaction)?.id ?? 'unknown';
    return owners.has(ownerOf(interaction)) ? ownerOf(interaction) : 'unknown';
  };

  return async (interaction: Interaction): Promise<void> => {
    const from = performance.now();
    const done = (end: Answered['end']) =>
      onAnswered?.({ unit: nameOf(interaction), end, ms: performance.now() - from });
    try {
      speakAs(interaction, services);
      await route(interaction);
      done('answered');
    } catch (error) {
      done(isFault(error) ? 'failed' : 'refused');
      await say(interaction, error).catch((err: unknown) => log.warn({ err }, 'an apology was not delivered'));
    }
  };
}

/** What is shown to everybody is in the language that the server's moderators chose. */
function speakAs(interaction: Interaction, { guilds }: Services): void {
  const { guildId } = interaction;
  const chosen = guildId !== null && guilds.settings(guildId).settings.language.locale;
  if (chosen) Object.assign(interaction, { guildLocale: chosen });
}

/** Several may share the beginning of their custom ids, as the sections of a panel do. */
function requireOwnActions(id: string, owners: readonly Owner[]): void {
  const actions = owners.flatMap(({ custom }) => Object.keys(custom.actions));
  const twice = actions.find((action, at) => actions.indexOf(action) < at);
  if (twice) throw new DataError(`two parts of commands/${id} have an action "${twice}": give one another name`);
}

const isFault = (error: unknown): boolean => !(error instanceof Refusal || error instanceof OldPanel);

/** Five letters and digits that cannot be taken for each other: what a person can tell the host, who finds it in the log. */
const codeOfFault = (): string =>
  Array.from(randomBytes(5), (byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'[byte % 32]).join('');

type Placed = Pick<Owner, 'inServersOnly'>;
/** What belongs to servers only comes from elsewhere by mistake or by forgery. */
const isElsewhere = ({ inServersOnly }: Placed, interaction: BaseInteraction) =>
  inServersOnly && !interaction.inGuild();

const has = ({ memberPermissions }: Press, permissions: number) => memberPermissions?.has(BigInt(permissions)) === true;

/** Is it on an answer to the very person who presses? */
const hasOpened = ({ message, user }: Press) => message?.interactionMetadata?.user.id === user.id;

const keyOf = (type: UnitType | undefined, name: string) => `${type}:${name}`;

/** A forged event may have no custom id, or one that is no text. */
const customIdOf = (interaction: Interaction): string =>
  'customId' in interaction ? String(interaction.customId) : '';
const ownerOf = (interaction: Interaction): string => customIdOf(interaction).split(':')[0] ?? '';

/** Says one thing to the person alone, whatever was answered before. */
function answer(interaction: RepliableInteraction, words: string): Promise<unknown> {
  const components = frame(colour.panel, words);
  if (interaction.replied) return interaction.followUp(whisper(components));
  if (!interaction.deferred) return interaction.reply(whisper(components));
  // A deferred press would overwrite the panel it sits on; so would a form whose answer is that panel.
  return interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.ephemeral === null)
    ? interaction.followUp(whisper(components))
    : interaction.editReply(message(components));
}

function wayOf(interaction: Press): Way | undefined {
  if (interaction.isModalSubmit()) return 'modal';
  if (interaction.isButton()) return 'button';
  if (interaction.isStringSelectMenu()) return 'choice';
  if (interaction.isChannelSelectMenu()) return 'channels';
  if (interaction.isRoleSelectMenu()) return 'roles';
  return interaction.isUserSelectMenu() ? 'users' : undefined;
}

/** Which command or action it was; the state in a custom id is left out. */
function described(interaction: Interaction): string {
  if (interaction.isCommand() || interaction.isAutocomplete())
    return `/${String(interaction.commandName).slice(0, 32)}`;
  return customIdOf(interaction).split(':', 2).join(':') || 'other';
}
