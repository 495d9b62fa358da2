/** Filling in a modal: by custom id or label, with the defaults that it came with, and what Discord sends for it. */
import { ComponentType as Type } from 'discord-api-types/v10';
import { meant } from '#actors/find';
import { type Given, optionsNamed, type Resolver, selected } from '#actors/resolve';
import { asList, asObject, isObject, type Json } from '#checks/read';

export type Field = string | boolean | readonly string[] | readonly Given[];
export type Fields = Record<string, Field>;

/** `fields`: what was given, by the input's custom id. */
type Filling = { fields: Map<unknown, Field>; resolver: Resolver };
type Input = { input: Json; label: string };

/** `components` of a modal submit. Throws where Discord's client would not let the form go. */
export function fillModal(modal: Json, fields: Fields, resolver: Resolver): Json[] {
  const parts = asList(modal.components).map(asObject);
  const inputs = parts.flatMap(inputsOf);
  const filling: Filling = { fields: new Map(), resolver };
  for (const [name, field] of Object.entries(fields)) {
    const missing = `The form has no field "${name}"`;
    const { input } = meant(inputs, name, missing, (one) => ({ id: one.input.custom_id, label: one.label }));
    if (filling.fields.has(input.custom_id)) throw new Error(`"${name}" is filled in already, by another name.`);
    filling.fields.set(input.custom_id, field);
  }
  return parts.map((part) => {
    const { type, id } = part;
    const [first, ...others] = inputsOf(part).map((one) => fillInput(filling, one));
    if (type === Type.Label) return { type, id, component: first };
    return { type, id, ...(type === Type.ActionRow && { components: [first, ...others] }) };
  });
}

/** The inputs in a part at the top of a form, each with what is written on it. */
function inputsOf({ type, label, component, components }: Json): Input[] {
  if (type === Type.Label) return [{ input: asObject(component), label: String(label) }];
  if (type !== Type.ActionRow) return [];
  return asList(components).map((one) => ({ input: asObject(one), label: String(asObject(one).label) }));
}

function fillInput({ fields, resolver }: Filling, { input, label }: Input): Json {
  const custom = String(input.custom_id);
  const given = fields.get(input.custom_id);
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
      return { ...base, values: files.map((file) => resolver.file(file as unknown as Given)) };
    }
    default: {
      if (given === undefined) {
        const ids = input.type === Type.StringSelect ? defaults(input) : defaultIds(input);
        missing(ids.length === 0);
        return { ...base, values: ids };
      }
      const chosen = names(given);
      missing(chosen.length === 0);
      return { ...base, values: selected(resolver, input, chosen) };
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
