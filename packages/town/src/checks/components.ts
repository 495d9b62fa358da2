/** Components of messages and modals: Discord's rules, and what Discord makes of them (ids and defaults filled in). */
import { ButtonStyle, ComponentType as Type } from 'discord-api-types/v10';
import { choices as choiceIn, isInput } from '#checks/inputs';
import { asObject, choices, isObject, type Json, listIn, numberIn, type Path, required, textIn } from '#checks/read';
import { customIdIn, emojiLook, type Walk } from '#checks/walk';

const selects: readonly number[] = [
  Type.StringSelect,
  Type.UserSelect,
  Type.RoleSelect,
  Type.MentionableSelect,
  Type.ChannelSelect,
];
const inContainer: readonly number[] = [
  Type.ActionRow,
  Type.Section,
  Type.TextDisplay,
  Type.MediaGallery,
  Type.File,
  Type.Separator,
];
const atTop: Record<Walk['kind'], readonly number[]> = {
  message: [Type.ActionRow],
  'message-v2': [...inContainer, Type.Container],
  modal: [Type.ActionRow, Type.Label, Type.TextDisplay],
};
const inLabel: readonly number[] = [
  ...selects,
  Type.TextInput,
  Type.FileUpload,
  Type.RadioGroup,
  Type.CheckboxGroup,
  Type.Checkbox,
];

/** Checks and completes the top-level components. */
export function checkComponents(walk: Walk, list: readonly unknown[], path: Path): Json[] {
  const made = list.map((one, at) => check(walk, one, [...path, at], atTop[walk.kind]));
  if (walk.kind === 'message-v2') {
    if (walk.count > 40)
      walk.form.wrong(
        path,
        'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
        'The total number of components must be 40 or fewer.',
      );
    if (walk.text > 4000)
      walk.form.wrong(
        path,
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        'The total displayable text size must be 4000 or fewer.',
      );
  }
  return made;
}

function check(walk: Walk, given: unknown, path: Path, allowed: readonly number[]): Json {
  if (!isObject(given)) {
    walk.form.wrong(path, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
    return {};
  }
  walk.count += 1;
  const { type } = given;
  if (typeof type !== 'number' || !allowed.includes(type)) {
    walk.form.wrong(
      [...path, 'type'],
      'UNION_TYPE_CHOICES',
      `Value of field "type" must be one of (${allowed.join(', ')}).`,
    );
    return {};
  }
  const id = typeof given.id === 'number' && given.id > 0 ? given.id : walk.nextId;
  walk.nextId = Math.max(walk.nextId, id) + 1;
  return { type, id, ...(isInput(type) ? choiceIn(walk, given, type, path) : layout(walk, given, type, path)) };
}

const children = (walk: Walk, given: Json, path: Path, allowed: readonly number[], min: number, max: number): Json[] =>
  listIn(walk.form, given, 'components', path, min, max).map((one, at) =>
    check(walk, one, [...path, 'components', at], allowed),
  );

function layout(walk: Walk, given: Json, type: number, path: Path): Json {
  switch (type) {
    case Type.ActionRow: {
      const allowed = walk.kind === 'modal' ? [Type.TextInput] : [Type.Button, ...selects];
      const made = children(walk, given, path, allowed, 1, 5);
      const wide = made.filter((one) => one.type !== Type.Button).length;
      if (wide > 0 && made.length > 1)
        walk.form.wrong(
          [...path, 'components'],
          'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
          'The specified component exceeds the maximum width',
        );
      return { components: made };
    }
    case Type.Section:
      return {
        components: children(walk, given, path, [Type.TextDisplay], 1, 3),
        accessory: isObject(given.accessory)
          ? check(walk, given.accessory, [...path, 'accessory'], [Type.Button, Type.Thumbnail])
          : void required(walk.form, [...path, 'accessory']),
      };
    case Type.TextDisplay: {
      const content = textIn(walk.form, given, 'content', path, { min: 1, max: 4000, required: true }) ?? '';
      walk.text += [...content].length;
      return { content };
    }
    case Type.Thumbnail:
      return { media: media(walk, given.media, [...path, 'media']), ...described(walk, given, path) };
    case Type.MediaGallery:
      return {
        items: listIn(walk.form, given, 'items', path, 1, 10).map((one, at) => {
          const here = [...path, 'items', at];
          const item = asObject(one);
          return { media: media(walk, item.media, [...here, 'media']), ...described(walk, item, here) };
        }),
      };
    case Type.File: {
      const file = media(walk, given.file, [...path, 'file']);
      return { file, name: file.filename ?? null, size: file.size ?? null, spoiler: given.spoiler === true };
    }
    case Type.Separator:
      return {
        spacing: numberIn(walk.form, given, 'spacing', path, { min: 1, max: 2, otherwise: 1 }),
        divider: given.divider !== false,
      };
    case Type.Container:
      return {
        accent_color: numberIn(walk.form, given, 'accent_color', path, { min: 0, max: 0xffffff }) ?? null,
        components: children(walk, given, path, inContainer, 1, 40),
        spoiler: given.spoiler === true,
      };
    case Type.Label: {
      const label = textIn(walk.form, given, 'label', path, { min: 1, max: 45, required: true });
      const description = textIn(walk.form, given, 'description', path, { max: 100 });
      const inner = isObject(given.component)
        ? check(walk, given.component, [...path, 'component'], inLabel)
        : void required(walk.form, [...path, 'component']);
      return { label, ...(description !== undefined && { description }), component: inner };
    }
    default:
      return button(walk, given, path);
  }
}

function described(walk: Walk, given: Json, path: Path): Json {
  const description = textIn(walk.form, given, 'description', path, { max: 1024 });
  return { description: description ?? null, spoiler: given.spoiler === true };
}

function media(walk: Walk, given: unknown, path: Path): Json {
  const url = textIn(walk.form, asObject(given), 'url', path, { max: 2048, required: true });
  const found = url === undefined ? undefined : walk.media(url);
  if (url !== undefined && !found)
    walk.form.wrong(
      [...path, 'url'],
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      'The referenced attachment was not found',
    );
  return found ?? { url };
}

function button(walk: Walk, given: Json, path: Path): Json {
  const { form } = walk;
  const { style } = given;
  const label = textIn(form, given, 'label', path, { max: 80 });
  if (typeof style !== 'number' || style < 1 || style > 6) {
    if (style === undefined || style === null) required(form, [...path, 'style']);
    else choices(form, [...path, 'style'], [1, 2, 3, 4, 5, 6]);
  }
  const look: Json = {
    style,
    ...(label && { label }),
    ...(isObject(given.emoji) && { emoji: emojiLook(given.emoji) }),
    ...(given.disabled === true && { disabled: true }),
  };
  if (style === ButtonStyle.Premium) return { ...look, sku_id: given.sku_id };
  if (!label && !isObject(given.emoji))
    form.wrong(path, 'BUTTON_COMPONENT_INVALID', 'A button must have a label or an emoji');
  if (style === ButtonStyle.Link) {
    if (given.custom_id !== undefined && given.custom_id !== null)
      form.wrong(path, 'BUTTON_COMPONENT_CUSTOM_ID_AND_URL', 'A custom id and url cannot both be specified');
    const url = textIn(form, given, 'url', path, { max: 512, required: true });
    if (url !== undefined && !/^(https?|discord):\/\//.test(url))
      form.wrong([...path, 'url'], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    return { ...look, url };
  }
  if (given.url !== undefined && given.url !== null)
    form.wrong(path, 'BUTTON_COMPONENT_CUSTOM_ID_AND_URL', 'A custom id and url cannot both be specified');
  return { ...look, custom_id: customIdIn(walk, given, path) };
}
