import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
} from 'discord.js';
import type { Entries } from '#content/collection';
import { type Entry, type Finding, openEntry, suggest } from '#content/find';

/** An option of a slash command that takes an entry of the content, by whatever people type. */
export const entryOption = <S extends object>(said: S) => ({
  type: ApplicationCommandOptionType.String as const,
  ...said,
  max_length: 100,
  autocomplete: true as const,
});

type Named = { name: string; name_localizations?: Record<string, string> };

/** An option of a slash command that takes one of a few things; each choice is named in every language. */
export const choiceOption = <S extends object>(
  said: S,
  choices: readonly (Named & { value: string })[],
  required = false,
) => ({
  type: ApplicationCommandOptionType.String as const,
  ...said,
  required,
  choices: choices.map(({ name, name_localizations, value }) => ({
    name,
    ...(name_localizations && { name_localizations }),
    value,
  })),
});

/** The entry that was asked for; `isUnknown`: something was, and there is none like it. */
export function entryIn<E extends Entry>(
  slash: ChatInputCommandInteraction,
  option: string,
  entries: Entries<E>,
  finding?: Finding<E>,
) {
  const asked = slash.options.getString(option);
  const entry = asked === null ? undefined : openEntry(entries, asked, finding);
  return { entry, isUnknown: asked !== null && entry === undefined };
}

/** Offers the entries that fit what was typed so far. */
export const offer = <E extends Entry>(typing: AutocompleteInteraction, entries: Entries<E>, finding?: Finding<E>) =>
  typing.respond(suggest(entries, typing.options.getFocused(), finding, typing.locale));
