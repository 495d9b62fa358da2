import { type APIApplicationCommand, ApplicationCommandType, type Client, DiscordAPIError, Routes } from 'discord.js';
import type { Log } from '#log';
import type { CommandBody } from '#panels/body';

/** The Entry Point command of an application with Activities is not ours, and an upload without it is refused (50240). */
const isEntryPoint = ({ type }: APIApplicationCommand) => type === ApplicationCommandType.PrimaryEntryPoint;
const refusedWithoutEntryPoint = 50_240;

const ofEntryPoints = [
  ...['id', 'type', 'name', 'name_localizations', 'description', 'description_localizations'],
  ...['default_member_permissions', 'integration_types', 'contexts', 'nsfw', 'handler'],
];
/** What Discord told of it, without what only Discord sets. */
const sentAlong = (entryPoint: APIApplicationCommand) =>
  Object.fromEntries(
    Object.entries(entryPoint).filter(([key, value]) => ofEntryPoints.includes(key) && value !== null && value !== ''),
  );

/**
 * Uploads the commands when they differ from what Discord has (creating is limited to 200 a day). An Entry Point command
 * stays as it is.
 * @returns the id of each slash command by name, as only these can be mentioned, whether they were uploaded, and whether
 * Discord has them as they are here: not yet, where another process is to upload them.
 */
export async function register(
  client: Client<true>,
  commands: readonly CommandBody[],
  mayUpload = true,
): Promise<{ ids: ReadonlyMap<string, string>; uploaded: boolean; isCurrent: boolean }> {
  const route = Routes.applicationCommands(client.application.id);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const there = (await client.rest.get(route, { query })) as APIApplicationCommand[];
  const entryPoints = there.filter(isEntryPoint).map(sentAlong);
  const isCurrent = sameCommands(
    there.filter((one) => !isEntryPoint(one)),
    commands,
  );
  const uploaded = !isCurrent && mayUpload;
  const body = [...commands, ...entryPoints];
  const now = uploaded ? ((await client.rest.put(route, { body })) as APIApplicationCommand[]) : there;
  const slash = now.filter(({ type }) => type === ApplicationCommandType.ChatInput);
  return { ids: new Map(slash.map(({ name, id }) => [name, id])), uploaded, isCurrent: isCurrent || uploaded };
}

/** Do both lists say the same, whatever Discord adds (ids, versions, defaults)? */
export function sameCommands(there: readonly object[], ours: readonly object[]): boolean {
  const sorted = (list: readonly object[]) => list.map((command) => JSON.stringify(essence(command))).sort();
  return JSON.stringify(sorted(there)) === JSON.stringify(sorted(ours));
}

/** What we upload of a command and of an option; Discord adds more (ids, versions), and may one day add other things. */
const ofBoth = ['type', 'name', 'name_localizations', 'description', 'description_localizations', 'options'];
const ofCommands = ['default_member_permissions', 'integration_types', 'contexts'];
const ofOptions = [
  ...['required', 'autocomplete', 'choices', 'channel_types'],
  ...['min_value', 'max_value', 'min_length', 'max_length'],
];
const uploaded: Record<string, ReadonlySet<string>> = {
  '': new Set([...ofBoth, ...ofCommands]),
  options: new Set([...ofBoth, ...ofOptions]),
};
/** The same as if it were not there. */
const byDefault = { required: false, autocomplete: false } as const;

function essence(value: unknown, path = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => essence(item, path));
    return items.every((item) => typeof item === 'number') ? items.sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, part]) => {
      if (uploaded[path]?.has(key) === false || (key in byDefault && part === false)) return false;
      // A menu has no description: Discord gives back an empty one.
      if (part === undefined || part === null || part === '') return false;
      return typeof part !== 'object' || Object.keys(part).length > 0;
    })
    // Permissions are uploaded as a number and come back as text.
    .map(([key, part]) => [key, key === 'default_member_permissions' ? String(part) : essence(part, key)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** Long enough that Discord's trouble may be over, in ms. */
const tryAgainAfter = 10 * 60_000;

const entryPointHint =
  ' The application has an Entry Point command, which belongs to Activities: turn Activities off in the Discord ' +
  'Developer Portal (page "Activities"), or give Attune an application of its own.';

/** Keeps the commands uploaded, and knows how each is mentioned. */
export type Registry = {
  /**
   * Uploads the commands if need be, or looks how they are mentioned where another process uploads them; when Discord
   * does not take them, or has others yet, tries again later, while `isWanted`.
   */
  upload(client: Client<true>): Promise<void>;
  /** A command as Discord shows it, to be pressed: `</nudges:123>`; `/nudges` until it is registered. */
  mention(name: string): string;
  /** Why Discord did not take the commands at the last try. */
  trouble(): Untaken | undefined;
};
export type Untaken = 'entry point' | 'not taken';

export function createRegistry(
  commands: readonly CommandBody[],
  { isWanted, mayUpload }: { isWanted: (on: Client) => boolean; mayUpload: boolean },
  log: Log,
): Registry {
  let ids: ReadonlyMap<string, string> = new Map();
  let trouble: Untaken | undefined;
  /** Discord had others at the last look. */
  let wasBehind = false;
  const again = (client: Client<true>) =>
    setTimeout(() => {
      if (isWanted(client)) void upload(client);
    }, tryAgainAfter).unref();
  const upload = async (client: Client<true>): Promise<void> => {
    try {
      const done = await register(client, commands, mayUpload);
      ids = done.ids;
      // The process that uploads them may be about to; not any more at the second look.
      trouble = done.isCurrent || !wasBehind ? undefined : 'not taken';
      wasBehind = !done.isCurrent;
      if (!done.isCurrent) again(client);
      else log.info({ commands: commands.length, uploaded: done.uploaded }, 'the commands are known to Discord');
    } catch (err) {
      const isEntryPoint = err instanceof DiscordAPIError && err.code === refusedWithoutEntryPoint;
      trouble = isEntryPoint ? 'entry point' : 'not taken';
      const why = isEntryPoint ? entryPointHint : '';
      log.error({ err }, `Discord did not take the commands; they are uploaded again in ten minutes.${why}`);
      again(client);
    }
  };
  return {
    upload,
    trouble: () => trouble,
    mention: (name) => (ids.has(name) ? `</${name}:${ids.get(name)}>` : `/${name}`),
  };
}
