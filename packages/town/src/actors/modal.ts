/** Filling in a modal: by label or custom id, with the defaults that it came with, and what Discord sends for it. */
import { ComponentType as Type } from 'discord-api-types/v10';
import { type Given, optionsNamed, type Resolver, selected } from '#actors/resolve';
import { asList, asObject, isObject, type Json } from '#checks/read';

export type Field = string | boolean | readonly string[] | readonly Given[];
export type Fields = Record<string, Field>;

type Filling = { fields: Fields; used: Set<string>; resolver: Resolver };

/** `components` of a modal submit. Throws where Discord's client would not let the form go. */
export function fillModal(modal: Json, fields: Fields, resolver: Resolver): Json[] {
  const filling: Filling = { fields, used: new Set(), resolver };
  const made = asList(modal.components).map((one) => fillTop(filling, asObject(one)));
  const stray = Object.keys(fields).find((name) => !filling.used.has(name));
  if (stray !== undefined) throw new Error(`The form has no field "${stray}".`);
  return made;
}

function fillTop(filling: Filling, component: Json): Json {
  const { type, id } = component;
  if (type === Type.Label) {
    const inner = asObject(component.component);
    return { type, id, component: fillInput(filling, inner, String(component.label)) };
  }
  if (type === Type.ActionRow) {
    const inner = asList(component.components).map(asObject);
    return { type, id, components: inner.map((one) => fillInput(filling, one, String(one.label))) };
  }
  return { type, id };
}

function fillInput(filling: Filling, input: Json, label: string): Json {
  const custom = String(input.custom_id);
  const key = label in filling.fields ? label : custom in filling.fields ? custom : undefined;
  if (key !== undefined) filling.used.add(key);
  const given = key === undefined ? undefined : filling.fields[key];
  const base = { type: input.type, id: input.id, custom_id: custom };
  const missing = (empty: boolean) => {
    if (empty && input.required !== false) throw new Error(`"${label}" must be filled in.`);
  };
  switch (input.type) {
    case Type.TextInput: {
      const value = String(given ?? input.value ?? '');
      missing(value === '');
      const { min_length: min = 0, max_length: max = 4000 } = input;
      if (value !== '' && (value.length < Number(min) || value.length > Number(max)))
        throw new Error(`"${label}" takes between ${min} and ${max} characters, not ${value.length}.`);
      return { ...base, value };
    }
    case Type.Checkbox:
      return { ...base, value: given === undefined ? input.default === true : given === true };
    case Type.RadioGroup: {
      const [value] = given === undefined ? defaults(input) : optionsNamed(input, [String(given)]);
      missing(value === undefined);
      return { ...base, value: value ?? null };
    }
    case Type.CheckboxGroup: {
      const values = given === undefined ? defaults(input) : optionsNamed(input, names(given));
      missing(values.length === 0);
      within(values, input, label);
      return { ...base, values };
    }
    case Type.FileUpload: {
      const files = Array.isArray(given) ? (given as readonly unknown[]).filter(isObject) : [];
      missing(files.length === 0);
      within(files, input, label);
      return { ...base, values: files.map((file) => filling.resolver.file(file as unknown as Given)) };
    }
    default: {
      if (given === undefined) {
        const ids = input.type === Type.StringSelect ? defaults(input) : defaultIds(input);
        missing(ids.length === 0);
        return { ...base, values: ids };
      }
      const chosen = names(given);
      missing(chosen.length === 0);
      return { ...base, values: selected(filling.resolver, input, chosen) };
    }
  }
}

const names = (given: Field): string[] => (Array.isArray(given) ? given.map(String) : [String(given)]);

const defaults = (input: Json): string[] =>
  asList(input.options)
    .map(asObject)
    .flatMap((option) => (option.default === true ? [String(option.value)] : []));

const defaultIds = (input: Json): string[] => asList(input.default_values).map((one) => String(asObject(one).id));

function within(list: readonly unknown[], input: Json, label: string): void {
  const { min_values: min = 1, max_values: max = 1, required } = input;
  const least = required === false && list.length === 0 ? 0 : Number(min);
  if (list.length < least || list.length > Number(max))
    throw new Error(`"${label}" takes between ${least} and ${max}, not ${list.length}.`);
}
