/** Reading forms that may hold anything, and saying what is wrong in Discord's words. */
import type { Form } from '#api-error';

export type Json = Record<string, unknown>;
export type Path = readonly (string | number)[];

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asObject = (value: unknown): Json => (isObject(value) ? value : {});
export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const absent = (value: unknown) => value === undefined || value === null;

export function required(form: Form, path: Path): void {
  form.wrong(path, 'BASE_TYPE_REQUIRED', 'This field is required');
}

const lengthOf = (min: number, max: number) =>
  min > 0 ? `Must be between ${min} and ${max} in length.` : `Must be ${max} or fewer in length.`;

export type TextRule = { min?: number; max: number; required?: boolean };

/** A text within its limits; undefined when it is not there (or is null). */
export function textIn(form: Form, at: Json, key: string, path: Path, rule: TextRule): string | undefined {
  const value = at[key];
  const here = [...path, key];
  if (absent(value)) {
    if (rule.required) required(form, here);
    return undefined;
  }
  if (typeof value !== 'string') {
    form.wrong(here, 'STRING_TYPE_CONVERT', 'Could not interpret as string.');
    return undefined;
  }
  const { min = 0, max } = rule;
  const length = [...value].length;
  if (rule.required && length === 0) required(form, here);
  else if (length > max || length < min) {
    const code = min > 0 ? 'BASE_TYPE_BAD_LENGTH' : 'BASE_TYPE_MAX_LENGTH';
    form.wrong(here, code, lengthOf(min, max));
  }
  return value;
}

export type NumberRule = { min: number; max: number; otherwise?: number };

export function numberIn(form: Form, at: Json, key: string, path: Path, rule: NumberRule): number | undefined {
  const value = at[key];
  const here = [...path, key];
  if (absent(value)) return rule.otherwise;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    form.wrong(here, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
    return rule.otherwise;
  }
  if (value > rule.max) form.wrong(here, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${rule.max}.`);
  if (value < rule.min)
    form.wrong(here, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${rule.min}.`);
  return value;
}

export function listIn(form: Form, at: Json, key: string, path: Path, min: number, max: number): unknown[] {
  const value = at[key];
  const here = [...path, key];
  if (absent(value)) {
    if (min > 0) required(form, here);
    return [];
  }
  if (!Array.isArray(value)) {
    form.wrong(here, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
    return [];
  }
  const { length } = value;
  if (length > max || length < min) form.wrong(here, 'BASE_TYPE_BAD_LENGTH', lengthOf(min, max));
  return value;
}

export function choices(form: Form, path: Path, allowed: readonly (string | number)[]): void {
  const list = allowed.length > 1 ? `(${allowed.join(', ')})` : `(${allowed[0]},)`;
  form.wrong(path, 'BASE_TYPE_CHOICES', `Value must be one of {${list}}.`);
}
