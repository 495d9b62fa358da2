import {
  type APIButtonComponentWithCustomId,
  type APIChannelSelectComponent,
  type APIComponentInContainer,
  type APIComponentInLabel,
  type APIComponentInMessageActionRow,
  type APIFileUploadComponent,
  type APILabelComponent,
  type APIMediaGalleryComponent,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIRoleSelectComponent,
  type APISelectMenuDefaultValue,
  type APIStringSelectComponent,
  type APITextDisplayComponent,
  type APITextInputComponent,
  type APIUserSelectComponent,
  ButtonStyle,
  type ChannelType,
  ComponentType,
  escapeMarkdown,
  MessageFlags,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';

/** Shorthand for Discord's Components V2: plain objects in Discord's own shape, so that a view is a value. */

export type Row = { type: ComponentType.ActionRow; components: APIComponentInMessageActionRow[] };
/** One part of a frame; what is left out may be `undefined` or `false`. */
export type Part = APIComponentInContainer | string | undefined | false;

/** Calm colours: slate for panels, and a warm one for notes. */
export const colour = { panel: 0x5b7c99, note: 0xd9a066 } as const;

/** One framed message. Strings become text; what is `undefined`, `false` or an empty row is left out. */
export function frame(accent: number, ...parts: Part[]): APIMessageTopLevelComponent[] {
  const components = parts
    .filter((part) => part !== undefined && part !== false && part !== '')
    .map((part) => (typeof part === 'string' ? text(part) : (part as APIComponentInContainer)))
    .filter((part) => part.type !== ComponentType.ActionRow || part.components.length > 0);
  return [{ type: ComponentType.Container, accent_color: accent, components }];
}

/** `id` finds the part again in a message that was sent (see `edited`). */
export const text = (content: string, id?: number) =>
  ({ type: ComponentType.TextDisplay, content, ...(id === undefined ? {} : { id }) }) as const;

/** A file that goes along with the message (`files`). */
export const file = (name: string) => ({ type: ComponentType.File, file: { url: `attachment://${name}` } }) as const;

/** A picture that goes along with the message (`files`), and what it says to those who do not see it. */
export const picture = (name: string, description: string): APIMediaGalleryComponent => ({
  type: ComponentType.MediaGallery,
  items: [{ media: { url: `attachment://${name}` }, description }],
});

export const gap = () => ({ type: ComponentType.Separator, divider: true, spacing: 1 }) as const;

export const row = (...components: (APIComponentInMessageActionRow | false | undefined)[]): Row => ({
  type: ComponentType.ActionRow,
  components: components.filter((component) => component !== undefined && component !== false),
});

type ButtonLook = { style?: 'primary' | 'secondary' | 'success' | 'danger'; disabled?: boolean };

export function button(custom_id: string, label: string, look: ButtonLook = {}): APIButtonComponentWithCustomId {
  const styles = {
    primary: ButtonStyle.Primary,
    secondary: ButtonStyle.Secondary,
    success: ButtonStyle.Success,
    danger: ButtonStyle.Danger,
  } as const;
  return {
    type: ComponentType.Button,
    custom_id,
    label,
    style: styles[look.style ?? 'secondary'],
    ...(look.disabled ? { disabled: true } : {}),
  };
}

export type Choice = { label: string; value: string; description?: string; default?: boolean };

export const choose = (custom_id: string, placeholder: string, options: Choice[]): APIStringSelectComponent => ({
  type: ComponentType.StringSelect,
  custom_id,
  placeholder,
  min_values: 1,
  max_values: 1,
  options,
});

/** Any of up to 25, or none; or at least so many. */
export const chooseSeveral = (
  custom_id: string,
  placeholder: string,
  options: Choice[],
  least = 0,
): APIStringSelectComponent => ({
  ...choose(custom_id, placeholder, options),
  min_values: least,
  max_values: options.length,
});

/** The same in a dialog. */
export const chooseSome = (custom_id: string, placeholder: string, options: Choice[]): APIStringSelectComponent => ({
  ...chooseSeveral(custom_id, placeholder, options),
  required: false,
});

/** Up to `most` channels. */
export const chooseChannels = (
  custom_id: string,
  placeholder: string,
  /** Empty: of every type. Discord's own description of its API does not know all that there are. */
  types: ChannelType[],
  chosen: readonly string[],
  most = 25,
): APIChannelSelectComponent => ({
  type: ComponentType.ChannelSelect,
  custom_id,
  placeholder,
  ...(types.length > 0 && { channel_types: types }),
  min_values: 0,
  max_values: most,
  default_values: chosen.map((id) => ({ id, type: SelectMenuDefaultValueType.Channel })),
});

const chosenAs = (ids: readonly string[], type: SelectMenuDefaultValueType) => ids.map((id) => ({ id, type }));

/** Up to 25 roles. */
export const chooseRoles = (
  custom_id: string,
  placeholder: string,
  chosen: readonly string[] = [],
): APIRoleSelectComponent => ({
  type: ComponentType.RoleSelect,
  custom_id,
  placeholder,
  min_values: 0,
  max_values: 25,
  default_values: chosenAs(
    chosen,
    SelectMenuDefaultValueType.Role,
  ) as APISelectMenuDefaultValue<SelectMenuDefaultValueType.Role>[],
});

/** One person. */
export const chooseUser = (custom_id: string, placeholder: string): APIUserSelectComponent => ({
  type: ComponentType.UserSelect,
  custom_id,
  placeholder,
});

/** A field of a modal: what is asked, a hint, and the input that takes the answer. */
export const field = (label: string, component: APIComponentInLabel, description?: string): APILabelComponent => ({
  type: ComponentType.Label,
  label,
  component,
  ...(description !== undefined && { description }),
});

/** Text to be typed; `custom_id` finds it again in what was sent (`press.fields.getTextInputValue`). */
export const textInput = (
  custom_id: string,
  {
    long = false,
    max = 4000,
    required = true,
    value,
  }: { long?: boolean; max?: number; required?: boolean; value?: string } = {},
): APITextInputComponent => ({
  type: ComponentType.TextInput,
  custom_id,
  style: long ? TextInputStyle.Paragraph : TextInputStyle.Short,
  max_length: max,
  required,
  ...(value !== undefined && { value }),
});

/** A file to be handed over (`press.fields.getUploadedFiles`). */
export const fileInput = (custom_id: string, required = true): APIFileUploadComponent => ({
  type: ComponentType.FileUpload,
  custom_id,
  min_values: required ? 1 : 0,
  max_values: 1,
  required,
});

/** A dialog of one to five fields, with text between them. */
export const modal = (
  custom_id: string,
  title: string,
  ...components: (APILabelComponent | APITextDisplayComponent)[]
): APIModalInteractionResponseCallbackData => ({ custom_id, title, components });

/** A message that pings nobody, whatever it quotes. */
export const message = (components: APIMessageTopLevelComponent[]) => ({
  components,
  flags: MessageFlags.IsComponentsV2 as const,
  allowedMentions: { parse: [] },
});

/** The same, seen only by the person who asked. */
export const whisper = (components: APIMessageTopLevelComponent[]) => ({
  ...message(components),
  flags: [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral] as const,
});

/** Somebody's own words as a quote: one paragraph, no markdown, no mention. */
export const quote = (words: string) => `> ${plainly(words)}`;

/** Lines that somebody could make their own: a quote with a gap between them, so that each is one. */
export const quotes = (lines: readonly string[]) => lines.map((one) => `> ${one}`).join('\n> \n');

/** Sentences to read, a line each. */
export const bullets = (lines: readonly string[]) => lines.map((one) => `- ${one}`).join('\n');

export const headed = (heading: string, ...said: readonly string[]) => `**${heading}**\n${said.join('\n')}`;

/**
 * A name or words of somebody's as one line that reads as it stands: from left to right, nothing that cannot be seen or
 * is half a sign, and no towers of accents that reach into the lines around.
 */
export const legibly = (words: string) =>
  words
    .toWellFormed()
    .replace(/\p{Bidi_Control}|(?!\s)\p{Cc}/gu, '')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim();

/** The same in a message: no markdown, no mention, no link, and no invite, which Discord opens without an address too. */
export const plainly = (words: string) =>
  escaped(legibly(words)).replace(/[<@#]|:(?=\/\/)|\.(?=[a-z]{2,}\/)/gi, '$&\u200b');
const ours = { bold: false, italic: false, underline: false, bulletedList: true, numberedList: true };
/** For stars, strokes and links discord.js looks back over the whole text at each of them: that can take seconds. */
const escaped = (text: string) => escapeMarkdown(text, ours).replace(text.includes('](') ? /[*_[]/g : /[*_]/g, '\\$&');

export const small = (content: string) => `-# ${content}`;

/** A day, as Discord shows it to each reader in their own language and time zone. */
export const day = (ms: number) => `<t:${Math.floor(ms / 1000)}:D>`;

/** A moment, as each reader sees it from where they are: "in 4 minutes". */
export const fromNow = (ms: number) => `<t:${Math.ceil(ms / 1000)}:R>`;

/** A day and a time, as each reader sees it in their own language and time zone. */
export const moment = (ms: number) => `<t:${Math.floor(ms / 1000)}:f>`;
