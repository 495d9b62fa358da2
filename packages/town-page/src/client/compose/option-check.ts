/** What somebody put into an option of a command: the value that goes out, or Discord's word for what is wrong. Pure. */
import { ApplicationCommandOptionType as Option } from 'discord-api-types/v10';
import type { OptionValue } from '../types.ts';
import type { Entry, ValueOption } from './slash.ts';

/** `value`: what was picked from a list, or a file; without one, `text` is what counts. */
export type Draft = { text: string; value?: OptionValue };
export type Drafts = Readonly<Record<string, Draft>>;

export type Checked = { value: OptionValue } | { problem: string } | { empty: true };

export const requiredProblem = 'This option is required. Specify a value.';

const problems: Record<ValueOption['type'], string> = {
  [Option.String]: 'Enter a valid value.',
  [Option.Integer]: 'Input a valid integer.',
  [Option.Number]: 'Input a valid number.',
  [Option.Boolean]: 'Enter “True” or “False”.',
  [Option.User]: 'Input a valid user.',
  [Option.Role]: 'Input a valid role.',
  [Option.Channel]: 'Input a valid channel.',
  [Option.Mentionable]: 'Input a valid mentionable.',
  [Option.Attachment]: 'Choose a file.',
};

export const hasChoices = (option: ValueOption): boolean => 'choices' in option && (option.choices?.length ?? 0) > 0;
export const completesTyped = (option: ValueOption): boolean =>
  'autocomplete' in option && option.autocomplete === true;

export function checkOption(option: ValueOption, draft: Draft | undefined): Checked {
  if (!draft || (draft.value === undefined && draft.text.trim() === ''))
    return option.required ? { problem: requiredProblem } : { empty: true };
  if (draft.value !== undefined) return { value: draft.value };
  const { text } = draft;
  if (hasChoices(option)) return { problem: 'Select one of the choices.' };
  switch (option.type) {
    case Option.String:
      return checkText(option, text);
    case Option.Integer:
    case Option.Number:
      return checkNumber(option, text.trim());
    default:
      return { problem: problems[option.type] };
  }
}

function checkText(option: { min_length?: number; max_length?: number }, text: string): Checked {
  const { min_length: min = 0, max_length: max = 6000 } = option;
  if (text.length > max) return { problem: `Must be ${max.toLocaleString('en')} or fewer characters.` };
  if (text.length < min) return { problem: `Must be at least ${min.toLocaleString('en')} characters.` };
  return { value: text };
}

type NumberOption = { type: Option.Integer | Option.Number; min_value?: number; max_value?: number };

function checkNumber(option: NumberOption, text: string): Checked {
  const value = /^[-+]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  const isWhole = Number.isSafeInteger(value);
  if (Number.isNaN(value) || (option.type === Option.Integer && !isWhole)) return { problem: problems[option.type] };
  const { min_value: min = -(2 ** 53), max_value: max = 2 ** 53 } = option;
  if (value < min) return { problem: `Enter a number greater than or equal to ${min}.` };
  if (value > max) return { problem: `Enter a number less than or equal to ${max}.` };
  return { value };
}

/** All values that are well, and the problems by option. */
export function checkAll(
  entry: Entry,
  drafts: Drafts,
): { values: Record<string, OptionValue>; problems: Record<string, string> } {
  const values: Record<string, OptionValue> = {};
  const wrong: Record<string, string> = {};
  for (const option of entry.options) {
    const checked = checkOption(option, drafts[option.name]);
    if ('value' in checked) values[option.name] = checked.value;
    if ('problem' in checked) wrong[option.name] = checked.problem;
  }
  return { values, problems: wrong };
}
