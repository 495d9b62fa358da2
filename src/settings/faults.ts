import { z } from 'zod';

/** What can be wrong with a value of a file that somebody hands in; each has a sentence of its own. */

export const faultKinds = [
  'unknown',
  ...(['text', 'list', 'section'] as const),
  ...(['choice', 'id', 'language', 'https'] as const),
  ...(['empty', 'tooLong', 'tooMany', 'oneLine', 'twice', 'danger', 'other'] as const),
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** `at`: where in the file, such as `support.channels[0]`; '' for all of it. */
export type Fault = {
  at: string;
  what: FaultKind;
  /** As many as there may be. */
  most?: number;
  choices?: readonly string[];
};

/** For `refine`: which fault a value has that does not pass. */
export const fault = (what: FaultKind) => ({ message: what, params: { fault: what } });

const types: Readonly<Record<string, FaultKind>> = { string: 'text', array: 'list', object: 'section' };
const isKind = (what: unknown): what is FaultKind => (faultKinds as readonly unknown[]).includes(what);

/** What zod found, in our terms. */
export const faultsOf = ({ issues }: z.ZodError): Fault[] => issues.flatMap(faultsIn);

function faultsIn(issue: z.core.$ZodIssue): Fault[] {
  const at = (...more: PropertyKey[]) => z.core.toDotPath([...issue.path, ...more]);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ at: at(key), what: 'unknown' }));
    case 'invalid_type':
      return [{ at: at(), what: types[issue.expected] ?? 'other' }];
    case 'invalid_value':
      return [{ at: at(), what: 'choice', choices: issue.values.map(String) }];
    case 'too_small':
      return [{ at: at(), what: 'empty' }];
    case 'too_big':
      return [{ at: at(), what: issue.origin === 'array' ? 'tooMany' : 'tooLong', most: Number(issue.maximum) }];
    case 'custom':
      return [{ at: at(), what: isKind(issue.params?.fault) ? issue.params.fault : 'other' }];
    default:
      return [{ at: at(), what: 'other' }];
  }
}
