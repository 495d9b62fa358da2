/** A form (modal) as data: its inputs, what they hold at first, and Discord's word for what does not fit. Pure. */
import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
} from 'discord-api-types/v10';
import { chosenAtFirst } from '../message/choices.ts';
import type { Fields } from '../types.ts';

export type Input = APIComponentInLabel;
export type Value = string | boolean | readonly string[] | readonly File[];

export type Piece =
  | { kind: 'text'; id: number; content: string }
  | { kind: 'input'; label: string; description?: string | undefined; input: Input };

type Modal = APIModalInteractionResponseCallbackData;

/** What the form shows, from the top. Action rows with a text input are the older way to say a label. */
export function piecesOf(modal: Modal): Piece[] {
  return modal.components.flatMap((component, at): Piece[] => {
    switch (component.type) {
      case ComponentType.TextDisplay:
        return [{ kind: 'text', id: at, content: component.content }];
      case ComponentType.Label:
        return [
          { kind: 'input', label: component.label, description: component.description, input: component.component },
        ];
      case ComponentType.ActionRow:
        return component.components.map((input) => ({ kind: 'input', label: input.label ?? '', input }));
      default:
        return [];
    }
  });
}

export const inputsOf = (modal: Modal): Input[] =>
  piecesOf(modal).flatMap((piece) => (piece.kind === 'input' ? [piece.input] : []));

/** A checkbox is always answered: left alone it says no. */
export const isRequired = (input: Input): boolean => input.type !== ComponentType.Checkbox && (input.required ?? true);

function atFirst(input: Input): Value {
  switch (input.type) {
    case ComponentType.TextInput:
      return input.value ?? '';
    case ComponentType.Checkbox:
      return input.default === true;
    case ComponentType.RadioGroup:
      return input.options.find((option) => option.default)?.value ?? '';
    case ComponentType.CheckboxGroup:
      return input.options.filter((option) => option.default).map((option) => option.value);
    case ComponentType.FileUpload:
      return [];
    default:
      return chosenAtFirst(input);
  }
}

export const valuesAtFirst = (modal: Modal): Record<string, Value> =>
  Object.fromEntries(inputsOf(modal).map((input) => [input.custom_id, atFirst(input)]));

/** How many may be chosen, and how many must when any are. */
export function amountOf(input: Input): { min: number; max: number } {
  if (!('max_values' in input) && !('min_values' in input)) return { min: 1, max: 1 };
  const all = input.type === ComponentType.CheckboxGroup ? input.options.length : 1;
  return { min: input.min_values ?? 1, max: input.max_values ?? all };
}

const things = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What is wrong with a value; undefined when it can go. */
export function problemOf(input: Input, value: Value | undefined): string | undefined {
  if (typeof value === 'boolean') return undefined;
  const empty = value === undefined || value.length === 0;
  if (empty) return isRequired(input) ? 'This field is required.' : undefined;
  if (input.type === ComponentType.TextInput) {
    const { min_length: min = 0, max_length: max = 4000 } = input;
    const { length } = value;
    if (length < min) return min === max ? `Must be ${max} in length.` : `Must be between ${min} and ${max} in length.`;
    return length > max ? `Must be ${max} or fewer in length.` : undefined;
  }
  if (typeof value === 'string') return undefined;
  const { min, max } = amountOf(input);
  const what = input.type === ComponentType.FileUpload ? 'file' : 'option';
  if (value.length < min) return `Select at least ${things(min, what)}.`;
  return value.length > max ? `Select at most ${things(max, what)}.` : undefined;
}

export function problemsOf(modal: Modal, values: Readonly<Record<string, Value>>): Record<string, string> {
  const found = inputsOf(modal).flatMap((input) => {
    const problem = problemOf(input, values[input.custom_id]);
    return problem === undefined ? [] : [[input.custom_id, problem] as const];
  });
  return Object.fromEntries(found);
}

/** What is sent. A radio group that may be left empty, and was, is not. */
export function fieldsOf(modal: Modal, values: Readonly<Record<string, Value>>): Fields {
  const sent = inputsOf(modal).flatMap((input) => {
    const value = values[input.custom_id] ?? '';
    const leftOpen = input.type === ComponentType.RadioGroup && value === '';
    return leftOpen ? [] : [[input.custom_id, value] as const];
  });
  return Object.fromEntries(sent);
}
