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
  /** Would a kind, experienced trainer call the reply a fix, if nobody asked for it? 0..1 */
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
  /** The reply itself plainly speaks of danger, or quotes what may be danger. */
  voicesDanger: boolean;
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

/** More was asked at once than can be read soon. What asked is left alone. */
export class TooBusy extends Error {
  override name = 'TooBusy';
}

/**
 * Each of these may be refused with TooBusy, and with nothing else: where the encoder cannot run the signs read alone.
 */
export type Detector = {
  /** Names the rules and the encoder that it reads by: two detectors of one version read alike. */
  version: string;
  /** By what it reads: `signs` from the moment on when the encoder was found not to run here. */
  by(): 'encoder and signs' | 'signs';
  /** Does the reply alone look like a fix? Nothing else is fetched when it does not. */
  screen(reply: string): Promise<boolean>;
  read(reply: string, post: string): Promise<Reading>;
  /** One message by itself, as a reply and as a post at once. As a `post` only the signs say how well it listens. */
  readAlone(said: string, as?: 'reply and post' | 'post'): Promise<Reading>;
  /** Ends its thread. */
  close(): Promise<void>;
};
