import { DiscordAPIError, type Interaction, InteractionContextType, type RepliableInteraction } from 'discord.js';
import { z } from 'zod';
import type { App } from '#panels/services';
import { colour, frame, message, whisper } from '#panels/ui';
import type { Owner, Press, SlashCommand } from '#panels/unit';
import { filled, line } from '#words';

/** data/<language>/common.yaml: what can be said by any command. */
export const commonWords = z.strictObject({
  old: filled(300, 'command'),
  oldInServer: filled(300, 'command'),
  unknown: line(300),
  broken: line(300),
});
export type CommonWords = z.output<typeof commonWords>;

/** Something that a person asked for and cannot have, in words for them. Everything else thrown is a bug. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly words: string;
  constructor(words: string) {
    super('refused');
    this.words = words;
  }
}

/** The panel that was pressed speaks of something that is no longer there. The person is shown the way to a new one. */
export class OldPanel extends Error {
  override name = 'OldPanel';
}

/** Sends each interaction to the command that owns it. Never throws: this is the error boundary. */
export function createRouter(commands: readonly SlashCommand[], others: readonly Owner[], app: App) {
  const bySlash = new Map(commands.map((command) => [command.body.name, command]));
  const owners = new Map([...commands, ...others].map((owner) => [owner.id, owner]));

  const route = async (interaction: Interaction): Promise<unknown> => {
    if (interaction.isCommand()) {
      const command = bySlash.get(interaction.commandName);
      if (command && interaction.isChatInputCommand()) return command.run(interaction, app);
      return answer(interaction, app.common(interaction.locale).unknown);
    }
    if (interaction.isAutocomplete()) {
      const complete = bySlash.get(interaction.commandName)?.complete;
      return complete ? complete(interaction, app) : interaction.respond([]);
    }
    if (interaction.isMessageComponent() || interaction.isModalSubmit()) {
      const ownerId = interaction.customId.split(':')[0] ?? '';
      const owner = owners.get(ownerId);
      const parsed = owner?.custom.parse(interaction.customId);
      const way = parsed && owner?.custom.actions[parsed.action]?.way;
      if (!owner || !parsed || way !== wayOf(interaction)) throw new OldPanel();
      return owner.press(interaction as Press, parsed.action, parsed.state, app);
    }
    return undefined;
  };

  /** What is said to somebody whose interaction came to nothing. */
  const excuse = (error: unknown, interaction: RepliableInteraction): string => {
    if (error instanceof Refusal) return error.words;
    const words = app.common(interaction.locale);
    if (!(error instanceof OldPanel)) return words.broken;
    const owner = 'customId' in interaction ? (interaction.customId.split(':')[0] ?? '') : '';
    // Notes are sent, not opened: the panel about them is the members' own.
    const command = bySlash.has(owner) ? owner : 'nudges';
    const isHere = interaction.inGuild() || bySlash.get(command)?.body.contexts?.includes(InteractionContextType.BotDM);
    return (isHere ? words.old : words.oldInServer)({ command: app.mention(command) });
  };

  /** Tells the person that it failed, as gently as it can be told. */
  const say = async (interaction: Interaction, error: unknown): Promise<void> => {
    // 10062 and 40060: too late, or answered already; the person has seen it, and nothing more can be said.
    const late = error instanceof DiscordAPIError && (error.code === 10062 || error.code === 40060);
    if (!(error instanceof Refusal || error instanceof OldPanel))
      app.log.error({ err: error, interaction: described(interaction) }, 'an interaction failed');
    if (late || !interaction.isRepliable()) return;
    await answer(interaction, excuse(error, interaction));
  };

  return async (interaction: Interaction): Promise<void> => {
    try {
      await route(interaction);
    } catch (error) {
      await say(interaction, error).catch((err: unknown) => app.log.warn({ err }, 'an apology was not delivered'));
    }
  };
}

/** Says one thing to the person alone, whatever was answered before. */
function answer(interaction: RepliableInteraction, words: string): Promise<unknown> {
  const components = frame(colour.panel, words);
  if (interaction.replied) return interaction.followUp(whisper(components));
  if (!interaction.deferred) return interaction.reply(whisper(components));
  // A deferred press would overwrite the panel it sits on.
  return interaction.isMessageComponent()
    ? interaction.followUp(whisper(components))
    : interaction.editReply(message(components));
}

function wayOf(interaction: Interaction) {
  if (interaction.isButton()) return 'button';
  if (interaction.isStringSelectMenu()) return 'choice';
  if (interaction.isChannelSelectMenu()) return 'channels';
  if (interaction.isModalSubmit()) return 'modal';
  return undefined;
}

/** Which command or action it was; the state in a custom id is left out. */
function described(interaction: Interaction): string {
  if (interaction.isCommand() || interaction.isAutocomplete()) return `/${interaction.commandName.slice(0, 32)}`;
  if ('customId' in interaction) return interaction.customId.split(':', 2).join(':');
  return 'other';
}
