/** What people write, from our corpus: posts, and replies that fix, that listen, and that are only talk. */
import { type CorpusLine, corpusLines } from '#detector/corpus';
import { pick } from '../traffic.ts';

export type Share = 'fixes' | 'listens' | 'talk';
export type Texts = {
  /** A post, and what was answered to that very one. */
  post(): { text: string; replies: Record<Share, string[]> };
  reply(share: Share): string;
  share(): Share;
};

/** Parts of all replies; the rest is talk. */
const shares = { fixes: 0.25, listens: 0.45 };
/** Of a hundred posts, as many voice danger: nobody is noted there. */
const danger = 0.01;

const shareOf = ({ nudge, attuned = [], postFlags = [] }: CorpusLine): Share | undefined => {
  if (postFlags.includes('not-distress')) return 'talk';
  if (nudge === 'yes') return 'fixes';
  if (nudge === 'no') return attuned.length > 0 ? 'listens' : 'talk';
  return undefined;
};

export function readTexts(random: () => number): Texts {
  const replies: Record<Share, string[]> = { fixes: [], listens: [], talk: [] };
  const groups = { danger: [] as CorpusLine[][], other: [] as CorpusLine[][] };
  for (const lines of Map.groupBy(corpusLines(), ({ group }) => group).values()) {
    const isDanger = lines.some(({ postFlags }) => postFlags?.includes('crisis'));
    groups[isDanger ? 'danger' : 'other'].push(lines);
    for (const line of lines) {
      const share = shareOf(line);
      if (share && line.reply !== '' && !isDanger) replies[share].push(line.reply);
    }
  }
  return {
    post() {
      const lines = pick(random() < danger ? groups.danger : groups.other, random);
      const own: Record<Share, string[]> = { fixes: [], listens: [], talk: [] };
      for (const line of lines) if (line.reply !== '') own[shareOf(line) ?? 'talk'].push(line.reply);
      return { text: lines[0]?.post ?? '', replies: own };
    },
    reply: (share) => pick(replies[share], random),
    share() {
      const at = random();
      if (at < shares.fixes) return 'fixes';
      return at < shares.fixes + shares.listens ? 'listens' : 'talk';
    },
  };
}
