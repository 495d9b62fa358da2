/** JSON Schema (2020-12, as OpenAPI 3.1 uses it) that says readably where a value is wrong, without telling the value. */
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Schema = { [key: string]: unknown };
/** `at` is a JSON pointer into the value, `shape` what stands there: its type and size, its keys, never its text. */
export type Wrong = { at: string; problem: string; shape: string };

const instant = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const options: Options = {
  strict: false,
  validateSchema: false,
  allErrors: true,
  verbose: true,
  logger: false,
  formats: {
    'date-time': (text: string) => instant.test(text) && !Number.isNaN(Date.parse(text)),
    uri: (text: string) => URL.canParse(text),
    int32: { type: 'number', validate: (value: number) => Math.abs(value) <= 2 ** 32 },
  },
};

export type Schemas = {
  /** What is wrong with a value; nothing when it is right. */
  check(schema: Schema, value: unknown): Wrong[];
  /** The same for a text of a path or a query, which stands for a number or a truth value. */
  checkText(schema: Schema, text: string): Wrong[];
};

/** @param document that `$ref`s such as `#/components/schemas/User` point into */
export function createSchemas(document: object): Schemas {
  const absolute = absoluteRefs(document) as object;
  const ajvs = [new Ajv2020(options), new Ajv2020({ ...options, coerceTypes: true })] as const;
  for (const ajv of ajvs) ajv.addSchema(absolute, 'api');
  const compiled = new WeakMap<Schema, ValidateFunction>();

  function errorsOf(schema: Schema, value: unknown): ErrorObject[] {
    let validate = compiled.get(schema);
    if (!validate) {
      validate = ajvs[0].compile(absoluteRefs(schema) as Schema);
      compiled.set(schema, validate);
    }
    return validate(value) ? [] : [...(validate.errors ?? [])];
  }

  /** From the end: ajv lists the errors of all branches of a union before the error of the union itself. */
  function explain(errors: ErrorObject[], above = ''): Wrong[] {
    const wrong: Wrong[] = [];
    for (let last = errors.pop(); last; last = errors.pop()) {
      const at = above + last.instancePath;
      if (last.keyword !== 'oneOf' && last.keyword !== 'anyOf') {
        if (last.keyword !== 'if') wrong.push({ at, problem: problem(last), shape: shape(last.data) });
        continue;
      }
      const { data } = last;
      const passing = (last.params as { passingSchemas?: number[] | null }).passingSchemas ?? [];
      const tried = (last.schema as Schema[]).slice(0, passing[1] ?? undefined);
      const branches = tried.map((branch) => errorsOf(branch, data));
      errors.length -= branches.reduce((sum, branch) => sum + branch.length, 0);
      const best = passing.length > 0 ? undefined : branches.toSorted((a, b) => distance(a) - distance(b))[0];
      if (best && distance(best) < Number.POSITIVE_INFINITY) wrong.push(...explain([...best], at));
      else
        wrong.push({
          at,
          problem: passing.length > 0 ? 'fits two of its forms' : 'fits none of its forms',
          shape: shape(data),
        });
    }
    return wrong.reverse();
  }

  return {
    check: (schema, value) => explain(errorsOf(schema, value)),
    checkText(schema, text) {
      const validate = ajvs[1].compile({ type: 'object', properties: { value: absoluteRefs(schema) as Schema } });
      return validate({ value: text })
        ? []
        : [{ at: '', problem: problem(validate.errors?.at(-1)), shape: shape(text) }];
    },
  };
}

/** How far a value is from a form: a form of another type or another constant is not meant at all. */
function distance(errors: readonly ErrorObject[]): number {
  const other = errors.some(({ keyword, instancePath }) => {
    if (keyword === 'type') return instancePath === '';
    if (keyword === 'enum') return instancePath === '/type';
    return keyword === 'const' && /^(\/[^/]+)?$/.test(instancePath);
  });
  return other ? Number.POSITIVE_INFINITY : errors.length;
}

function problem(error: ErrorObject | undefined): string {
  const { allowedValues, allowedValue } = (error?.params ?? {}) as { allowedValues?: Json[]; allowedValue?: Json };
  const allowed = allowedValues ?? (allowedValue === undefined ? [] : [allowedValue]);
  const some = allowed.length > 0 && allowed.length <= 12 ? ` (${allowed.join(', ')})` : '';
  return `${error?.message ?? 'is wrong'}${some}`;
}

export function shape(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return `number ${value}`;
  if (typeof value === 'string') return `string of ${value.length}`;
  if (Array.isArray(value)) return `array of ${value.length}`;
  return `object { ${Object.keys(value as object).join(', ')} }`;
}

/** The same with every `#/...` reference made to name the document, so that each part can be compiled alone. */
function absoluteRefs(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(absoluteRefs);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => {
      const local = key === '$ref' && typeof value === 'string' && value.startsWith('#');
      return [key, local ? `api${value}` : absoluteRefs(value)];
    }),
  );
}
