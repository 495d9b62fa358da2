import { z } from 'zod';

/**
 * A custom id is `<owner>:<action>[:<state>...]`: at most 100 characters, no personal data, typed by a schema. It is all
 * that a button remembers, so buttons work after a restart; an id that no longer parses is an old one.
 */

/** How an action reaches us: a press, a choice among texts, channels, roles or people, or a modal that was filled in. */
export type Way = 'button' | 'choice' | 'channels' | 'roles' | 'users' | 'modal';

type Shape = Record<string, z.ZodType>;
export type Action<W extends Way = Way, S extends Shape = Shape> = { way: W; state: S };
export type Actions = Record<string, Action>;
export type StateOf<A extends Action> = { [Key in keyof A['state']]: z.output<A['state'][Key]> };

export type CustomIds<A extends Actions> = {
  owner: string;
  actions: A;
  /** Makes the id of an action. */
  to: { [Name in keyof A]: (state: StateOf<A[Name]>) => string };
  /** What an id says, or `undefined` when it is none of these. */
  parse(id: string): { action: keyof A & string; state: unknown } | undefined;
};

/** One action: how it comes, and the state that its id carries. */
export const by = <W extends Way, S extends Shape = Record<never, never>>(way: W, state?: S): Action<W, S> => ({
  way,
  state: state ?? ({} as S),
});

/** Discord's ids: 64-bit numbers in decimal. */
export const snowflake = z.string().regex(/^\d{1,20}$/);

/** A name that we gave to something. It stands in a custom id as it is: what is longer there than here is forged. */
export const key = (most: number) => z.string().regex(new RegExp(`^[\\w-]{0,${most}}$`));

/** A number to order things by, small enough to go on in custom ids, and another one for each command and press. */
export const seedOf = ({ id }: { id: string }) => Number(BigInt(id) % 9973n);

export function customIds<const A extends Actions>(owner: string, actions: A): CustomIds<A> {
  const make = (name: keyof A & string, state: Record<string, unknown>) => {
    const parts = Object.keys(actions[name]?.state ?? {}).map((key) => encodeURIComponent(String(state[key])));
    const id = [owner, name, ...parts].join(':');
    if (id.length > 100) throw new Error(`the custom id of ${owner}:${name} has ${id.length} characters`);
    return id;
  };
  return {
    owner,
    actions,
    to: Object.fromEntries(
      Object.keys(actions).map((name) => [name, (state: Record<string, unknown>) => make(name, state)]),
    ) as CustomIds<A>['to'],
    parse(id) {
      const [from, name = '', ...parts] = id.split(':');
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (from !== owner || !action) return undefined;
      const keys = Object.keys(action.state);
      if (parts.length !== keys.length) return undefined;
      const values = Object.fromEntries(keys.map((key, at) => [key, decoded(parts[at] ?? '')]));
      const read = z.object(action.state).safeParse(values);
      return read.success ? { action: name, state: read.data } : undefined;
    },
  };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
