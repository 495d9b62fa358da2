/** The detector's door: the signs of a language (data/<language>/signs/) and the encoder beside them (data/model/). */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readYaml, yamlFiles } from '#data';
import { NoEncoder } from '#detector/model/encoder';
import { openModel, readCard } from '#detector/model/open';
import { alone, lookedTwice, nothing, together } from '#detector/model/vote';
import { readBy } from '#detector/rules/read';
import { compileSigns, type Signs, SignsError } from '#detector/rules/signs';
import { isEnglish, ownWords } from '#detector/text/clean';
import { setApart } from '#detector/text/covered';
import { attuned } from './judge.ts';
import { locate } from './locate.ts';
import type { Detector, Reading } from './reading.ts';

const shipped = fileURLToPath(new URL('../../data', import.meta.url));

/** The parsed files by name without ending. @throws DataError naming the file that cannot be parsed. */
export function readSignFiles(data = shipped, language = 'en'): Record<string, unknown> {
  const folder = join(data, language, 'signs');
  return Object.fromEntries(yamlFiles(folder).map((file) => [basename(file, '.yaml'), readYaml(join(folder, file))]));
}

/** @throws SignsError naming file and entry of every fault. */
export function loadSigns(data = shipped, language = 'en'): Signs {
  return compile(readSignFiles(data, language), `${data}/${language}/signs`);
}

function compile(files: Record<string, unknown>, where: string): Signs {
  try {
    return compileSigns(files);
  } catch (error) {
    throw new SignsError(`${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export type DetectorOptions = {
  /** false: the signs alone. */
  encoder?: boolean;
  /** Told once, when the encoder turns out not to run here; from then on the signs read alone. */
  onFault?: (error: NoEncoder) => void;
  /** The folder of the model; data/model/ for all languages. */
  model?: string;
};

/** @throws SignsError or DataError naming file and entry. */
export async function openDetector(
  data = shipped,
  language = 'en',
  { encoder = true, onFault, model: folder = join(shipped, 'model') }: DetectorOptions = {},
): Promise<Detector> {
  const files = readSignFiles(data, language);
  const rules = compile(files, `${data}/${language}/signs`);
  const signs = readBy(rules);
  const { version, votes } = readCard(folder);
  const model = encoder ? openModel(folder) : undefined;
  let lost = model === undefined;

  /** What the encoder says of it; undefined when it is not to be had, or when there is nothing to read. */
  async function asked(reply: string, post: string, most = mostAsked): Promise<readonly number[] | undefined> {
    if (lost || (reply === '' && post === '')) return undefined;
    try {
      return await model?.ask(reply, post, most, most === mostAsked);
    } catch (error) {
      if (!(error instanceof NoEncoder)) throw error;
      if (!lost) onFault?.(error);
      lost = true;
      return undefined;
    }
  }

  /** What may be danger in quoted lines and code, which else are not read. */
  async function apart(bySigns: Reading, said: string): Promise<number> {
    const words = ownWords(setApart(said));
    const heard = words !== '' && isEnglish(words) ? await asked('', words) : undefined;
    return heard ? together(bySigns, heard, votes).post.crisis : 0;
  }

  async function read(reply: string, post: string): Promise<Reading> {
    const signed = signs.read(reply, post);
    const quoted = await apart(signed, post);
    const bySigns = { ...signed, post: { ...signed.post, crisis: Math.max(signed.post.crisis, quoted) } };
    const [own, theirs] = [ownWords(reply), ownWords(post)];
    if (!isEnglish(own) || !isEnglish(theirs)) return nothing(bySigns);
    const ofPost = theirs === '' ? undefined : await asked('', theirs);
    const ofBoth = own === '' ? undefined : await asked(own, theirs);
    if (!ofBoth)
      return ofPost ? { ...alone(bySigns, votes), post: together(bySigns, ofPost, votes).post } : alone(bySigns, votes);
    const both = ofPost
      ? together(bySigns, lookedTwice(ofBoth, ofPost), votes)
      : { ...together(bySigns, ofBoth, votes), post: bySigns.post };
    return locate(both, reply, rules.spelling, async (rest) => {
      const [judged = 0] = (await asked(ownWords(rest), theirs)) ?? [];
      return judged;
    });
  }

  return {
    version: `signs-${createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 8)}+${version}`,
    by: () => (lost ? 'signs' : 'encoder and signs'),
    async screen(reply) {
      if (signs.screen(reply)) return true;
      const own = ownWords(reply);
      if (lost || own === '' || !isEnglish(own)) return false;
      const bySigns = signs.read(reply, '');
      // Most replies are short or listen: what the signs are sure of is not asked again.
      if (own.split(' ').length < leastWords || Object.values(bySigns.attuned).some((p) => p >= attuned)) return false;
      const logits = await asked(own, '', mostScreened);
      return logits !== undefined && together(bySigns, logits, votes).fixit >= screenAt;
    },
    read,
    async readAlone(said, as = 'reply and post') {
      const bySigns = signs.read(said, said);
      const own = ownWords(said);
      if (!isEnglish(own)) return nothing(bySigns);
      const asPost = await asked('', own);
      const asReply = as === 'post' ? undefined : await asked(own, '');
      if (!asPost) return alone(bySigns, votes);
      const { post } = together(bySigns, asPost, votes);
      // It is at home among posts. Of comfort and chat ("it's not the end of the world") it has to be surer.
      const heard = Math.max(post.crisis, await apart(bySigns, said));
      const crisis = Math.max(bySigns.post.crisis, heard * ofAnything);
      return { ...(asReply ? together(bySigns, asReply, votes) : alone(bySigns, votes)), post: { ...post, crisis } };
    },
    async close() {
      // What is still being read ends without it, and that is no fault.
      lost = true;
      await model?.close();
    },
  };
}

/** How much the encoder's word of danger counts in a message of which it is not known whether it is a post. */
const ofAnything = 0.5;

/**
 * How many may wait for the encoder, each for some 15 ms: a burst of replies that may be nothing is left alone, what is
 * half read or waited for by a person is not, and does not wait behind it.
 */
const mostScreened = 96;
const mostAsked = 1_000;

/** A fix that no sign knows has words. */
const leastWords = 4;
/** A reply that is less likely than this to be a fix by itself is none in any conversation, at any sensitivity. */
const screenAt = 0.5;
