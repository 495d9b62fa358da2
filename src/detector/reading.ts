/** The words of the detector: what a reading of a reply to a post can say. Plain data; see docs/architecture.md. */

/** Ways of not staying with a person. */
export const kinds = [
  'advice',
  'silver-lining',
  'cheerleading',
  'explaining-away',
  'interpreting',
  'pathologising',
  'criticising',
  'detached',
  'changing-subject',
  'taking-over',
] as const;
export type Kind = (typeof kinds)[number];

/** The opposite: ways of staying. */
export const moves = ['reflects', 'asks-openly', 'validates', 'with-you', 'asks-permission', 'thanks'] as const;
export type Move = (typeof moves)[number];

/** What the post says about whether a note could be right at all. */
export const contexts = ['asks-advice', 'no-advice', 'not-distress', 'settled', 'crisis'] as const;
export type Context = (typeof contexts)[number];

/** `start` and `end` are UTF-16 offsets in the reply as it was written. */
export type Finding = { kind: Kind; p: number; start: number; end: number; words: string };

export type Reading = {
  /** Does the reply alone look like a fix? 0..1 */
  fixit: number;
  kinds: Record<Kind, number>;
  /** The words that show each kind, strongest first. */
  findings: readonly Finding[];
  attuned: Record<Move, number>;
  post: Record<Context, number>;
  /** Does the post, read alone, share a difficulty of its writer's own, rather than comfort, ask or chat? 0..1 */
  shares: number;
  /** The reply itself points to help in danger (a crisis line, emergency services): never a fix. */
  pointsToHelp: boolean;
};

export type Reason =
  | 'fix'
  | 'no fix'
  | 'kind not in use'
  | 'asked for'
  | 'with permission'
  | 'after listening'
  | 'points to help'
  | 'danger'
  | 'not about a difficulty'
  | 'not read';

export type Judgement =
  | { flag: true; kind: Kind; words: string; reason: 'fix' }
  | { flag: false; kind?: Kind; reason: Exclude<Reason, 'fix'> };

export type Detector = {
  /** Names the rules that it reads by: two detectors of one version read alike. */
  version: string;
  /** Does the reply alone look like a fix? Cheap; nothing else is fetched when it does not. */
  screen(reply: string): Promise<boolean>;
  read(reply: string, post: string): Promise<Reading>;
};
