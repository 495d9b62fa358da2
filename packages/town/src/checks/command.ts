/** Application commands: Discord's rules for them, and what Discord makes of a definition. */
import {
  type APIApplicationCommand,
  ApplicationCommandOptionType as Option,
  ApplicationCommandType as Type,
} from 'discord-api-types/v10';
import { createForm, type Form } from '#api-error';
import { asObject, choices, isObject, type Json, listIn, numberIn, type Path, textIn } from '#checks/read';

const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

function nameIn(form: Form, at: Json, key: string, path: Path, slash: boolean): void {
  const name = textIn(form, at, key, path, { min: 1, max: 32, required: true });
  if (!slash || name === undefined || name.length === 0 || name.length > 32) return;
  if (!slashName.test(name) || name !== name.toLowerCase())
    form.wrong([...path, key], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}

function localesIn(at: Json, key: string, path: Path, check: (map: Json, locale: string, here: Path) => void) {
  const map = at[key];
  if (!isObject(map)) return null;
  for (const locale of Object.keys(map)) if (map[locale] !== null) check(map, locale, [...path, key]);
  return map;
}

/** `free`: may be described, and need not be, as an Entry Point command. */
function named(form: Form, given: Json, path: Path, slash: boolean, free = false): Json {
  nameIn(form, given, 'name', path, slash);
  const rule = { min: 1, max: 100, required: true };
  if (slash) textIn(form, given, 'description', path, rule);
  else if (free) textIn(form, given, 'description', path, { max: 100 });
  else if (typeof given.description === 'string' && given.description !== '')
    form.wrong(
      [...path, 'description'],
      'APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
      'Context menu commands cannot have description',
    );
  return {
    name: given.name,
    name_localizations: localesIn(given, 'name_localizations', path, (map, locale, here) =>
      nameIn(form, map, locale, here, slash),
    ),
    description: slash || free ? (given.description ?? '') : '',
    description_localizations: localesIn(
      given,
      'description_localizations',
      path,
      (map, locale, here) => void textIn(form, map, locale, here, rule),
    ),
  };
}

const isGroup = (type: unknown) => type === Option.Subcommand || type === Option.SubcommandGroup;

function optionsIn(form: Form, given: Json, path: Path, allowed: 'all' | 'subcommands' | 'values'): Json[] {
  const names = new Set<unknown>();
  let optional = false;
  const list = listIn(form, given, 'options', path, 0, 25).map((one, at) => {
    const here = [...path, 'options', at];
    const option = asObject(one);
    if (names.has(option.name))
      form.wrong([...here, 'name'], 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists');
    names.add(option.name);
    if (option.required === true && optional)
      form.wrong(
        here,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    if (!isGroup(option.type) && option.required !== true) optional = true;
    return optionIn(form, option, here, allowed);
  });
  const groups = list.filter((one) => isGroup(one.type)).length;
  if (groups > 0 && groups < list.length)
    form.wrong(
      [...path, 'options'],
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  return list;
}

function optionIn(form: Form, option: Json, path: Path, allowed: 'all' | 'subcommands' | 'values'): Json {
  const { type } = option;
  const types =
    allowed === 'all'
      ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
      : allowed === 'subcommands'
        ? [1]
        : [3, 4, 5, 6, 7, 8, 9, 10, 11];
  if (typeof type !== 'number' || !types.includes(type)) choices(form, [...path, 'type'], types);
  const look: Json = { type, ...named(form, option, path, true) };
  if (isGroup(type)) {
    const inner = type === Option.SubcommandGroup ? 'subcommands' : 'values';
    const options = optionsIn(form, option, path, inner);
    return { ...look, ...(options.length > 0 && { options }) };
  }
  const list = listIn(form, option, 'choices', path, 0, 25).map((one, at) => {
    const here = [...path, 'choices', at];
    const choice = asObject(one);
    textIn(form, choice, 'name', here, { min: 1, max: 100, required: true });
    if (type === Option.String) textIn(form, choice, 'value', here, { max: 100, required: true });
    return { name: choice.name, name_localizations: choice.name_localizations ?? null, value: choice.value };
  });
  const auto = option.autocomplete === true;
  if (auto && list.length > 0)
    form.wrong(
      [...path, 'autocomplete'],
      'APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES',
      'Autocomplete cannot be used with choices',
    );
  const min = numberIn(form, option, 'min_length', path, { min: 0, max: 6000 });
  const max = numberIn(form, option, 'max_length', path, { min: 1, max: 6000 });
  return {
    ...look,
    ...(option.required === true && { required: true }),
    ...(list.length > 0 && { choices: list }),
    ...(auto && { autocomplete: true }),
    ...(Array.isArray(option.channel_types) && { channel_types: option.channel_types }),
    ...(typeof option.min_value === 'number' && { min_value: option.min_value }),
    ...(typeof option.max_value === 'number' && { max_value: option.max_value }),
    ...(min !== undefined && { min_length: min }),
    ...(max !== undefined && { max_length: max }),
  };
}

/** The longest text of each field over all languages, as Discord counts the 8,000 characters of a command. */
function weight(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + weight(one), 0);
  if (!isObject(value)) return 0;
  const longest = (text: unknown, translated: unknown) =>
    Math.max(
      ...[text, ...Object.values(asObject(translated))].map((one) => (typeof one === 'string' ? one.length : 0)),
    );
  return (
    longest(value.name, value.name_localizations) +
    longest(value.description, value.description_localizations) +
    longest(value.value, undefined) +
    weight(value.options) +
    weight(value.choices)
  );
}

/** A definition completed with Discord's defaults; without id and version, which its place in the world gives. */
export type CommandForm = Omit<APIApplicationCommand, 'id' | 'version' | 'application_id'>;

/** Who answers an Entry Point command: the app, or Discord, which opens the Activity. */
function handlerIn(form: Form, { handler = 1 }: Json, path: Path): unknown {
  if (handler !== 1 && handler !== 2) choices(form, [...path, 'handler'], [1, 2]);
  return handler;
}

/** Checks one definition at `path` of the form. */
export function commandIn(form: Form, given: unknown, path: Path, guild: string | undefined): CommandForm {
  const body = asObject(given);
  const type = body.type ?? Type.ChatInput;
  // An Entry Point command opens an Activity, and belongs to no guild.
  const types = [Type.ChatInput, Type.User, Type.Message, ...(guild ? [] : [Type.PrimaryEntryPoint])];
  if (!types.some((one) => one === type)) choices(form, [...path, 'type'], types);
  const slash = type === Type.ChatInput;
  const permissions = body.default_member_permissions;
  if (typeof permissions === 'string' && !/^\d+$/.test(permissions))
    form.wrong([...path, 'default_member_permissions'], 'BITFIELD_TYPE_CONVERT', 'Not a valid permissions bitfield.');
  const options = slash ? optionsIn(form, body, path, 'all') : [];
  const look: Json = {
    type,
    ...named(form, body, path, slash, type === Type.PrimaryEntryPoint),
    default_member_permissions: permissions === undefined || permissions === null ? null : String(permissions),
    nsfw: body.nsfw === true,
    integration_types: Array.isArray(body.integration_types) ? [...body.integration_types].sort() : [0],
    ...(options.length > 0 && { options }),
    ...(type === Type.PrimaryEntryPoint && { handler: handlerIn(form, body, path) }),
  };
  if (guild) look.guild_id = guild;
  else {
    look.contexts = Array.isArray(body.contexts) ? [...body.contexts].sort() : null;
    look.dm_permission = Array.isArray(body.contexts) ? body.contexts.includes(1) : body.dm_permission !== false;
  }
  if (weight(look) > 8000) form.wrong(path, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
  return look as unknown as CommandForm;
}

const most: Record<number, number> = {
  [Type.ChatInput]: 100,
  [Type.User]: 15,
  [Type.Message]: 15,
  [Type.PrimaryEntryPoint]: 1,
};

/** Checks a whole set, as the bulk overwrite sends it. */
export function commandsIn(list: readonly unknown[], guild: string | undefined): CommandForm[] {
  const form = createForm();
  const seen = new Set<string>();
  const counts = new Map<number, number>();
  const made = list.map((one, at) => {
    const command = commandIn(form, one, [at], guild);
    const key = `${command.type} ${command.name}`;
    if (seen.has(key))
      form.wrong([at], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    seen.add(key);
    counts.set(command.type, (counts.get(command.type) ?? 0) + 1);
    return command;
  });
  for (const [type, count] of counts) {
    if (count > (most[type] ?? 0)) form.wrong([], 'BASE_TYPE_MAX_LENGTH', `Must be ${most[type]} or fewer in length.`);
  }
  form.done();
  return made;
}
