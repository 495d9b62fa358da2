/** The components that ask for something: selects, text, radio groups, checkboxes, files. */
import { ComponentType as Type } from 'discord-api-types/v10';
import { asObject, isObject, type Json, listIn, numberIn, type Path, textIn } from '#checks/read';
import { customIdIn, emojiLook, type Walk } from '#checks/walk';

const inputs: readonly number[] = [
  Type.StringSelect,
  Type.TextInput,
  Type.UserSelect,
  Type.RoleSelect,
  Type.MentionableSelect,
  Type.ChannelSelect,
  Type.FileUpload,
  Type.RadioGroup,
  Type.CheckboxGroup,
  Type.Checkbox,
];
export const isInput = (type: number): boolean => inputs.includes(type);

type Amount = { min: number; max: number; most: number };

/** `min_values` and `max_values`, each within its own limits and in order. */
function amounts(walk: Walk, given: Json, path: Path, { min, max, most }: Amount): { min: number; max: number } {
  const low = numberIn(walk.form, given, 'min_values', path, { min: 0, max: most, otherwise: min }) ?? min;
  const high = numberIn(walk.form, given, 'max_values', path, { min: 1, max: most, otherwise: max }) ?? max;
  if (low > high)
    walk.form.wrong(
      [...path, 'min_values'],
      'SELECT_COMPONENT_MIN_VALUES_EXCEEDS_MAX',
      'Must be less than or equal to max_values',
    );
  return { min: low, max: high };
}

function options(walk: Walk, given: Json, path: Path, min: number, max: number, emoji: boolean): Json[] {
  const seen = new Set<string>();
  return listIn(walk.form, given, 'options', path, min, max).map((one, at) => {
    const here = [...path, 'options', at];
    const option = asObject(one);
    const label = textIn(walk.form, option, 'label', here, { min: 1, max: 100, required: true });
    const value = textIn(walk.form, option, 'value', here, { min: 1, max: 100, required: true });
    const description = textIn(walk.form, option, 'description', here, { max: 100 });
    if (value !== undefined && seen.has(value))
      walk.form.wrong(
        [...here, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    if (value !== undefined) seen.add(value);
    return {
      label,
      value,
      ...(description && { description }),
      ...(emoji && isObject(option.emoji) && { emoji: emojiLook(option.emoji) }),
      ...(option.default === true && { default: true }),
    };
  });
}

function defaultsWithin(walk: Walk, list: readonly Json[], max: number, path: Path): void {
  if (list.filter((one) => one.default === true).length > max)
    walk.form.wrong(
      path,
      'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
      'The number of default values exceeds max_values',
    );
}

export function choices(walk: Walk, given: Json, type: number, path: Path): Json {
  const { form, kind } = walk;
  const custom_id = customIdIn(walk, given, path);
  const inModal = kind === 'modal' ? { required: given.required !== false } : {};
  const isDisabled = given.disabled === true;
  if (isDisabled && kind === 'modal')
    form.wrong([...path, 'disabled'], 'COMPONENT_DISABLED_IN_MODAL', 'Components in modals cannot be disabled');
  switch (type) {
    case Type.TextInput: {
      const label = textIn(form, given, 'label', path, { min: 1, max: 45 });
      const placeholder = textIn(form, given, 'placeholder', path, { max: 100 });
      const value = textIn(form, given, 'value', path, { max: 4000 });
      const min = numberIn(form, given, 'min_length', path, { min: 0, max: 4000 });
      const max = numberIn(form, given, 'max_length', path, { min: 1, max: 4000 });
      if (min !== undefined && max !== undefined && min > max)
        form.wrong([...path, 'min_length'], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
      return {
        custom_id,
        style: numberIn(form, given, 'style', path, { min: 1, max: 2, otherwise: 1 }),
        ...(label !== undefined && { label }),
        ...(placeholder && { placeholder }),
        ...(value && { value }),
        ...(min !== undefined && { min_length: min }),
        ...(max !== undefined && { max_length: max }),
        ...inModal,
      };
    }
    case Type.Checkbox:
      return { custom_id, default: given.default === true };
    case Type.RadioGroup: {
      const list = options(walk, given, path, 2, 10, false);
      defaultsWithin(walk, list, 1, [...path, 'options']);
      return { custom_id, options: list, ...inModal };
    }
    case Type.CheckboxGroup: {
      const list = options(walk, given, path, 1, 10, false);
      const { min, max } = amounts(walk, given, path, { min: 1, max: list.length, most: 10 });
      defaultsWithin(walk, list, max, [...path, 'options']);
      return { custom_id, options: list, min_values: min, max_values: max, ...inModal };
    }
    case Type.FileUpload: {
      const { min, max } = amounts(walk, given, path, { min: 1, max: 1, most: 10 });
      return { custom_id, min_values: min, max_values: max, ...inModal };
    }
    default: {
      const placeholder = textIn(form, given, 'placeholder', path, { max: 150 });
      const { min, max } = amounts(walk, given, path, { min: 1, max: 1, most: 25 });
      const shared = {
        custom_id,
        ...(placeholder && { placeholder }),
        min_values: min,
        max_values: max,
        ...(isDisabled && { disabled: true }),
        ...inModal,
      };
      if (type === Type.StringSelect) {
        const list = options(walk, given, path, 1, 25, true);
        defaultsWithin(walk, list, max, [...path, 'options']);
        if (list.length > 0 && max > list.length)
          form.wrong(
            [...path, 'max_values'],
            'SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS',
            'Must be less than or equal to the number of options',
          );
        return { ...shared, options: list };
      }
      const defaults = listIn(form, given, 'default_values', path, 0, 25).map(asObject);
      if (defaults.length > max)
        form.wrong(
          [...path, 'default_values'],
          'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
          'The number of default values exceeds max_values',
        );
      return {
        ...shared,
        ...(type === Type.ChannelSelect &&
          Array.isArray(given.channel_types) && { channel_types: given.channel_types }),
        ...(defaults.length > 0 && { default_values: defaults }),
      };
    }
  }
}
