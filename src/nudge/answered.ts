import type { Heard, PostRef, Ref } from './heard.ts';
import type { Recent } from './recent.ts';

/**
 * Which posts a message may be an answer to, best first; empty when there is none.
 * A reply reference decides alone. In a thread or forum post its starter comes first, and the newest message of
 * somebody else only stands in when the starter turns out not to exist. Elsewhere it is that newest message.
 */
export function postsAnswered(heard: Heard, recent: Recent): readonly PostRef[] {
  return refs(heard, recent).map((ref) => recent.rowAround(ref, heard.id));
}

function refs(heard: Heard, recent: Recent): Ref[] {
  const { id, channel, author, at, answers, starter } = heard;
  if (answers === 'deleted') return [];
  if (answers) return [answers];
  // The message that opens a forum post has the post's own id: it answers nobody.
  if (starter?.id === id) return [];
  const newest = recent.newestOfOthers(channel, id, author, at);
  if (!starter) return newest ? [newest] : [];
  return newest && newest.id !== starter.id ? [starter, newest] : [starter];
}

/** Are these one post? Its row may have grown between two replies. */
export function samePost(a: PostRef | undefined, b: PostRef | undefined): boolean {
  return a !== undefined && b !== undefined && a.ids.some((id) => b.ids.includes(id));
}
