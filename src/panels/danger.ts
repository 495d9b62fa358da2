import type { Content } from '#content/content';
import { postMarks } from '#detector/judge';
import type { Detector } from '#detector/reading';

/**
 * Does what somebody typed voice danger, in words of danger or as the detector reads it? Doubt is enough: a question that
 * was not needed is better than somebody who was missed.
 */
export async function voicesDanger(
  typed: string,
  locale: string,
  { content, detector }: { content: Content; detector: Detector },
): Promise<boolean> {
  // Whatever language they use Discord in, they may write in English.
  if ([content.search(locale), content.search()].some((search) => search.dangerIn(typed))) return true;
  return (await detector.read(typed, typed)).post.crisis >= postMarks.danger;
}
